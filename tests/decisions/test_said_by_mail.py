"""A position read from the first line of a mail: marks, words of six languages, and neither."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from intersession.decisions.rules.mailed import MARKS, WORDS, Said, Unclear, apart, said_in
from intersession.decisions.states import Stance
from intersession.site.catalogue import languages

SUPPORT, LIVE_WITH, ABSTAIN, CONCERN, OBJECT = Stance

LINES = {
    "+1": SUPPORT, "+0": LIVE_WITH, "0": ABSTAIN, "-0": CONCERN, "-1": OBJECT,
    "−1": OBJECT, "–1": OBJECT, "—1": OBJECT, "‐0": CONCERN, "＋１": SUPPORT, "－１": OBJECT,
    "+1.": SUPPORT, "+1!": SUPPORT, "+1, thanks": SUPPORT, "+ 1": SUPPORT, "+1 thanks": SUPPORT,
    "- 1": OBJECT, "-1: it is too long": OBJECT, "*+1*": SUPPORT, "“-0”": CONCERN, "0.": ABSTAIN,
    "+١": SUPPORT, "\u200f+1\u200f": SUPPORT, "\ufeff-1": OBJECT, "+1 :)": SUPPORT,
    "0, sorry": ABSTAIN,
    "+1 to paragraph 12": SUPPORT, "   -1   ": OBJECT,
    "I object": OBJECT, "i OBJECT.": OBJECT, "support": SUPPORT, "Support – well done": SUPPORT,
    "Objection: the text is bad": OBJECT, "Can live with it": LIVE_WITH, "Abstain!": ABSTAIN,
    "Concerns, some": CONCERN,
    "Je m'oppose": OBJECT, "Je m’abstiens.": ABSTAIN, "PRÉOCCUPATION": CONCERN,
    "preoccupation": CONCERN,
    "Apoyo": SUPPORT, "Me opongo, porque es largo": OBJECT, "abstencion": ABSTAIN,
    "Поддерживаю!": SUPPORT, "ВОЗРАЖАЮ": OBJECT, "воздерживаюсь": ABSTAIN,
    "أؤيد": SUPPORT, "اؤيد": SUPPORT, "أعترض، لأن النص طويل": OBJECT, "يمكنني قبوله": LIVE_WITH,
    "支持": SUPPORT, "反对。理由如下": OBJECT, "弃权": ABSTAIN, "可以接受！": LIVE_WITH,
}  # fmt: skip

NONE = [
    "+10", "-10", "+1 202 555 0100", "+1 (202) 555-0100", "+1-202-555-0100", "+1.5", "-0.5", "0.5",
    "0:30", "0 people came", "1", "+2", "+1st", "-1°", "- 1. First we eat", "+ 1 more chair",
    "Support for this text is lacking", "Object-oriented design", "Supporting it", "No support",
    "I agree with Bo that it is bad", "Concern was raised by others", "支持者很少", "Dear all,", "",
    "> +1", "|-1", "-- \n-1", "--\n+1", "__\n-1", "On Sunday, Ada Lovelace wrote:\n-1",
    "-----Original Message-----\n+1", "From: Ada\n+1", "Le 1 mars 2026, Ada a écrit :\n> +1",
    "On Sunday, Ada <a@example.org>\nwrote:\n> +1\n> thanks", "Ada 写道：\n> +1",
]  # fmt: skip

DOUBTFUL = ["+1/-1", "+1 or -1?", "+1 on 3, -1 on 4", "Support?", "-0/-1", "反对？"]


@pytest.mark.parametrize(("line", "stance"), LINES.items())
def test_a_first_line_that_is_a_position_is_read(line: str, stance: Stance) -> None:
    said = said_in(f"\n{line}\n\nOn Sunday, Ada wrote:\n> -1 or +1\n")

    assert isinstance(said, Said)
    assert said.stance == stance


@pytest.mark.parametrize("text", NONE)
def test_a_first_line_that_only_looks_like_a_position_is_none(text: str) -> None:
    assert said_in(text) is None


@pytest.mark.parametrize("line", DOUBTFUL)
def test_a_first_line_that_says_two_things_is_unclear(line: str) -> None:
    assert said_in(line) == Unclear()


def test_the_reason_stands_below_and_beside_in_its_own_signs() -> None:
    said = said_in("-1, too long – by far.\n\nIt names no limit.\n-- \nAda\n+1 202 555 0100\n")

    assert said == Said(OBJECT, "too long – by far.\n\nIt names no limit.")


@pytest.mark.parametrize(
    "head",
    ["Change:", "CHANGE :", "Proposed change:", "Changement :", "Modificación:", "Изменение:",
     "التغيير:", "修改：", "*Change:*"],
)  # fmt: skip
def test_a_paragraph_says_what_change_would_remove_an_objection(head: str) -> None:
    said = said_in(f"-1\n\nNo limit is named.\n\n{head} name thirty days.\n\nThat is all.")

    assert said == Said(OBJECT, "No limit is named.\n\nThat is all.", "name thirty days.")


def test_a_change_may_follow_its_reason_without_a_blank_line() -> None:
    assert apart("No limit.\nChange: name one.\nThirty days.") == (
        "No limit.", "name one.\nThirty days.",
    )  # fmt: skip


def test_a_sentence_about_a_change_asks_for_none() -> None:
    assert apart("We change: everything.")[1] == ""


def test_an_answer_below_what_it_quotes_is_read() -> None:
    text = (
        "On Sunday, Ada <a@example.org>\nwrote:\n> Where do you stand?\n> +1 support\n\n-0\nWhy?\n"
    )

    assert said_in(text) == Said(CONCERN, "Why?")


def test_an_answer_in_arabic_within_an_english_quote_is_read() -> None:
    text = "> The text is fine.\n\nأعترض\n\nالنص طويل.\n\n> And so on.\n\nالتغيير: اختصار النص\n"

    assert said_in(text) == Said(OBJECT, "النص طويل.", "اختصار النص")


@given(st.sampled_from(sorted(MARKS)), st.text(max_size=200))
def test_a_mark_alone_on_its_line_counts_whatever_follows_below(mark: str, below: str) -> None:
    said = said_in(f"{mark}\n\n{below}")

    assert isinstance(said, Said)
    assert said.stance == MARKS[mark]


@given(st.sampled_from([(s, w) for s, words in WORDS.items() for w in words]), st.booleans())
def test_each_word_counts_alone_in_small_and_large_letters(
    one: tuple[Stance, str], large: bool
) -> None:
    stance, word = one

    said = said_in(word.upper() if large else word.lower())

    assert isinstance(said, Said)
    assert said.stance == stance


@pytest.mark.parametrize("language", ["en", *languages()])
@pytest.mark.parametrize("stance", Stance)
def test_the_name_that_the_house_gives_a_position_counts(stance: Stance, language: str) -> None:
    with override(language):
        name = str(stance.label)

    assert said_in(name) == Said(stance)


@given(st.text(max_size=300))
def test_whatever_is_written_is_read_or_left(text: str) -> None:
    assert said_in(text) is None or isinstance(said_in(text), Said | Unclear)


@given(st.text(max_size=300))
def test_what_is_quoted_or_signed_is_nobodys_position(text: str) -> None:
    lines = "\n".join(f"> {line}" for line in text.splitlines())

    assert said_in(lines) is None
    assert said_in(f"-- \n{text}") is None


@given(st.text("+-01 .,:abc", max_size=30))
def test_only_signs_and_one_digit_make_a_mark(line: str) -> None:
    said = said_in(line)

    if isinstance(said, Said):
        assert any(line.replace(" ", "").lstrip().startswith(mark) for mark in MARKS)
