"""What somebody types, and what it is taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.search.rules import Part, Problem, ask


def test_words_phrases_and_beginnings() -> None:
    assert ask('draft "the open list" coali*').parts == (
        Part(("draft",)),
        Part(("the", "open", "list")),
        Part(("coali",), is_start=True),
    )


def test_a_word_brings_its_stems_with_the_languages_they_are_of() -> None:
    assert ask("news").parts == (Part(("news",), stems=(("new", ("fr",)),)),)
    assert ask("голосования").parts == (Part(("голосования",), stems=(("голосован", ()),)),)


def test_a_language_leaves_only_its_own_stems() -> None:
    assert ask("news", "en").parts == (Part(("news",)),)


def test_a_chinese_word_is_a_phrase_of_pairs_and_one_sign_a_beginning() -> None:
    assert ask("投票").parts == (Part(("投票",)),)
    assert ask("投票同意").parts == (Part(("投票", "票同", "同意")),)
    assert ask("票").parts == (Part(("票",), is_start=True),)


def test_an_open_quotation_is_closed_for_you() -> None:
    assert ask('"have I').parts == (Part(("have", "i")),)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ('"', Problem.NO_WORDS),
        ("*", Problem.NO_WORDS),
        ('"*" - () ^:', Problem.NO_WORDS),
        ("\0", None),
        ("x" * 10_000, Problem.TOO_LONG),
        ("a " * 10 + "b c d e f g h i j k l m n o p q", Problem.TOO_MANY),
        ("a*", Problem.SHORT_START),
    ],
)
def test_what_cannot_be_answered_has_a_problem(typed: str, problem: Problem | None) -> None:
    asked = ask(typed)
    assert asked.parts == ()
    assert asked.problem == problem


def test_operators_are_words() -> None:
    asked = ask("a AND NOT (b OR c) NEAR/3 title:d ^e")
    words = "a and not b or c near 3 title d e"
    assert [part.terms for part in asked.parts] == [(word,) for word in words.split()]


@given(st.text())
def test_nothing_typed_is_an_error(text: str) -> None:
    ask(text)
