from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from intersession.kit.difference import words


def test_a_changed_word_shows_what_goes_and_what_comes() -> None:
    assert words("The old text stays.", "The new text stays.") == [
        ("equal", "The "),
        ("delete", "old"),
        ("insert", "new"),
        ("equal", " text stays."),
    ]


def test_a_changed_phrase_reads_as_one_change() -> None:
    assert words("a quick brown fox", "a slow red fox") == [
        ("equal", "a "),
        ("delete", "quick brown"),
        ("insert", "slow red"),
        ("equal", " fox"),
    ]


def test_chinese_is_compared_by_character() -> None:
    assert words("互联网治理", "互联网论坛") == [
        ("equal", "互联网"),
        ("delete", "治理"),
        ("insert", "论坛"),
    ]


def test_nothing_becomes_something() -> None:
    assert words("", "new") == [("insert", "new")]
    assert words("", "") == []


@given(st.text("ab c.é中", max_size=60), st.text("ab c.é中", max_size=60))
def test_the_runs_make_up_both_texts(old: str, new: str) -> None:
    runs = words(old, new)
    assert "".join(text for kind, text in runs if kind != "insert") == old
    assert "".join(text for kind, text in runs if kind != "delete") == new


def test_a_long_text_of_few_words_takes_no_longer_than_others() -> None:
    begun = process_time()
    words("word " * 20_000, "word " * 10_000 + "other " + "word " * 10_000)
    assert process_time() - begun < 2
