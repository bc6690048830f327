"""Marks in titles, and snippets."""

from hypothesis import given
from hypothesis import strategies as st

from intersession.search.rules import Spotter, ask, highlight, snippet


def marked(text: str, query: str, language: str = "en") -> str:
    return highlight(text, Spotter(ask(query)), language)


def test_words_are_marked_as_they_stand() -> None:
    assert marked("Réunion générale", "reunion") == "<mark>Réunion</mark> générale"


def test_forms_of_a_word_are_marked_by_their_stem() -> None:
    assert marked("Policy, policies", "policies") == "<mark>Policy</mark>, <mark>policies</mark>"
    assert marked("Policeman", "policies") == "Policeman"


def test_phrases_and_beginnings_are_marked() -> None:
    assert marked("of the open list", '"open list"') == "of the <mark>open list</mark>"
    assert marked("coalitions", "coali*") == "<mark>coalitions</mark>"


def test_chinese_and_arabic_words_are_marked_inside_their_runs() -> None:
    assert marked("我们投票同意", "投票") == "我们<mark>投票</mark>同意"
    assert marked("هذا التعريف", "تعريف") == "هذا <mark>التعريف</mark>"


def test_html_is_text() -> None:
    assert marked("<b>open</b>", "open") == "&lt;b&gt;<mark>open</mark>&lt;/b&gt;"
    assert "<script" not in snippet("<script>open</script>", Spotter(ask("open")))


def test_a_snippet_shows_the_place_that_holds_most() -> None:
    text = "one " + "x " * 400 + "here are one and two " + "y " * 400
    shown = snippet(text, Spotter(ask("one two")))
    assert "here are <mark>one</mark> and <mark>two</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_a_snippet_is_one_line_without_signs_of_quoting() -> None:
    assert snippet("> > open\n> list\n", Spotter(ask("open"))) == "<mark>open</mark> list"


@given(st.text(), st.text(max_size=40))
def test_any_text_has_a_snippet_for_any_question(text: str, query: str) -> None:
    spotter = Spotter(ask(query))
    shown = snippet(text, spotter) + highlight(text, spotter)
    assert "<" not in shown.replace("<mark>", "").replace("</mark>", "")
