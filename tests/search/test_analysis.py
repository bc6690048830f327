"""The analyser: what becomes a term, and that it is the same each time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.search.rules import analyse, ask, unpack
from intersession.search.rules.asking import LONGEST


def said(text: str, language: str = "") -> list[str]:
    return analyse("", text, "", language).body.split()


def stems(text: str, language: str) -> set[str]:
    return set(analyse("", text, "", language).stems.split())


def test_words_lose_case_and_accents() -> None:
    assert said("Réunion À Genève, ÉLODIE & Jürgen's") == [
        "reunion", "a", "geneve", "elodie", "jurgen", "s",
    ]  # fmt: skip


def test_accents_that_stand_loose_are_the_same() -> None:
    assert said("re\u0301union") == said("r\u00e9union")


def test_chinese_becomes_pairs_with_the_last_sign_alone() -> None:
    assert said("投票同意") == ["投票", "票同", "同意", "意"]


def test_a_chinese_word_is_whole_across_a_line_end() -> None:
    assert "投票" in said("我们投\n票")


def test_korean_and_japanese_keep_their_signs() -> None:
    assert said("토론") == ["토론", "론"]
    assert said("です") == ["です", "す"]


def test_arabic_spellings_of_one_letter_are_one() -> None:
    assert said("أحكامٌ إلى") == said("احكام الي")
    assert said("مدرسة") == said("مدرسه")


@pytest.mark.parametrize("form", ["التعريف", "والتعريف", "بالتعريف", "للتعريف"])
def test_the_arabic_article_hides_no_word(form: str) -> None:
    bare = analyse("", "تعريف", "", "ar")
    assert stems(form, "ar") & {*bare.body.split(), *bare.stems.split()}


def test_stems_follow_the_language_of_the_text() -> None:
    assert stems("networks", "en") == {"network"}
    assert stems("réunions", "fr") == {"reunion"}
    assert stems("reuniones", "es") == {"reunion"}
    assert stems("Netzwerken", "de") == set()


def test_a_script_tells_its_language_in_any_text() -> None:
    assert stems("голосования", "en") == {"голосован"}


def test_digits_of_other_scripts_are_found_by_ours() -> None:
    assert said("٢٠٢٦") == ["2026"]


def test_signs_of_one_word_stay_together_in_hindi() -> None:
    assert said("हिन्दी") == ["हिन्दी"]


def test_what_no_database_stores_is_taken_out() -> None:
    terms = analyse("a\0b", "c\0d \ud800", "", "")
    assert (terms.title, terms.body) == ("a b", "c d")
    assert unpack(terms.packed) == "c d \ufffd"


@given(st.text(), st.sampled_from(["", "en", "fr", "es", "ru", "ar", "zh", "de"]))
def test_any_text_has_terms_and_they_are_always_the_same(text: str, language: str) -> None:
    once = analyse(text, text, text, language)
    assert once == analyse(text, text, text, language)
    whole = f"{once.title} {once.body} {once.person} {once.stems}"
    assert "_" not in whole
    assert '"' not in whole
    assert "'" not in whole


@given(st.text(max_size=LONGEST))
def test_every_word_of_a_text_is_asked_for_as_it_is_indexed(text: str) -> None:
    known = {*said(text), *stems(text, "")}
    for part in ask(text).parts:
        if part.is_start:
            assert any(term.startswith(part.terms[-1]) for term in known)
        else:
            assert known.issuperset(part.terms)
