"""A search narrowed by sender, list, date and files, typed or chosen; names found whole."""

from datetime import date, timedelta

import pytest

from intersession.search import actions, queries
from intersession.search.queries import Filters, find
from intersession.search.rules import Spotter, ask, highlight, tagged
from intersession.search.rules.narrowing import apart
from intersession.search.testing import NOON, a_document


def put(place: str = "", sender: str = "", *, files: bool = False, **fields: object) -> str:
    document = a_document(tags=tagged(place, sender, has_files=files), **fields)
    actions.put([document])
    return document.key


def keys(words: str, filters: Filters | None = None) -> list[str]:
    return [hit.key for hit in find(words, filters).items]


def test_what_narrows_is_taken_from_the_words() -> None:
    typed = apart('open from:"Ann Lee" LIST:dc-talk has:attachment after:2026-03-01 letter')
    assert typed.words.split() == ["open", "letter"]
    assert (typed.person, typed.place, typed.has_files) == ("Ann Lee", "dc-talk", True)
    assert (typed.after, typed.before) == (date(2026, 3, 1), None)


@pytest.mark.parametrize("text", ["has:hope", "to:ann", "from: ann", "xfrom:ann", "from:", ":"])
def test_what_narrows_nothing_stays_a_word(text: str) -> None:
    typed = apart(text)
    assert typed.words == text
    assert not typed.person


@pytest.mark.django_db
def test_search_is_narrowed_by_sender_date_attachment_and_list() -> None:
    one = put("dc-talk", "ann@example.org", files=True, body="same", person="Ann Lee", at=NOON)
    two = put("dc-news", "bo@example.org", body="same", person="Bo", at=NOON + timedelta(days=1))

    assert keys("same") == [two, one]
    for typed in ("from:ann", "from:ann@anywhere.example", "list:dc-talk", "has:attachment",
                  "before:2026-03-02", "list:dc-talk@lists.example has:files"):  # fmt: skip
        assert keys(f"same {typed}") == [one]
        assert keys(typed) == [one]
    assert keys("after:2026-03-02 same") == keys("same list:DC-News") == [two]
    assert keys("same list:dc-talk from:bo") == keys("list:dc") == []
    for chosen in (Filters(place="dc-talk"), Filters(has_files=True), Filters(person="ann@x.org")):
        assert keys("", chosen) == keys("same", chosen) == [one]
    assert keys("after:2026-01-01", Filters(until=NOON + timedelta(hours=1))) == [one]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["before:yesterday", "same after:2026-02-30"])
def test_a_day_that_is_none_is_said(typed: str) -> None:
    assert "year, month and day" in find(typed).problem


@pytest.mark.django_db
def test_draft_names_are_tokens_that_are_found_whole() -> None:
    one = put(body="On DC3-2026-01 v2, ¶ 12: agreed.")
    put(body="DC3-2026-02 of 01, DC3-2026-011 v12, and 12 others.")

    for typed in ("DC3-2026-01", "dc3-2026-01 v2", "DC3-2026-01 v2, ¶ 12", "¶ 12", "¶12",
                  '"DC3-2026-01 v2, ¶ 12"', "dc3-2026-0* ¶ 12"):  # fmt: skip
        assert keys(typed) == [one]
    assert keys("¶ 1") == keys("¶ 2") == []
    assert len(keys("12 DC3-2026-*")) == 1 + len(keys("v12"))


def test_a_paragraph_is_marked_where_it_stands() -> None:
    shown = highlight("See ¶ 12.", Spotter(ask("¶12")))
    assert shown == "See <mark>¶ 12</mark>."


@pytest.mark.django_db
def test_tags_outlive_new_names_removal_and_words_made_anew() -> None:
    one = put("dc-talk", "ann@example.org", files=True, body="same ¶ 3", person="Ann")
    actions.name_anew({one: "Anna"})
    actions.rebuild()
    assert keys("list:dc-talk has:attachment from:ann@x from:Anna") == [one]
    assert keys("¶ 3 from:Anna") == [one]
    actions.remove([one])
    assert keys("¶ 3") == keys("list:dc-talk") == []
    assert queries.text_of([one]) == {}
