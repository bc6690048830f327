"""The search page: the form, what was found, and what cannot be answered."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client

from intersession.coalitions.testing import a_coalition
from intersession.search import actions
from intersession.search.testing import NOON, a_document

pytestmark = pytest.mark.django_db


def page(client: Client, **given: str) -> str:
    answer = client.get("/search/", given)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_question_the_page_says_how_to_ask(client: Client) -> None:
    assert "How to ask" in page(client)


def test_what_was_found_is_shown_with_its_kind_and_coalition(client: Client) -> None:
    coalition = a_coalition()
    actions.put([
        a_document(
            kind="output", title="On <networks>", body="We agree on networks.", url="/outputs/x/",
            scope=coalition.slug, person="Élodie",
        )
    ])  # fmt: skip

    shown = page(client, q="network")

    assert "1 found" in shown
    assert '<a href="/outputs/x/" dir="auto">On &lt;<mark>networks</mark>&gt;</a>' in shown
    assert "We agree on <mark>networks</mark>." in shown
    assert f"<bdi>Élodie</bdi><br>{coalition.name}<br>" in shown


def test_filters_are_kept_in_the_form_and_in_the_next_part(client: Client) -> None:
    actions.put(a_document(kind="draft", body="same") for _ in range(21))

    shown = page(client, q="same", kind="draft", order="best")

    assert '<option value="draft" selected>' in shown
    assert "?q=same&amp;kind=draft&amp;order=best&amp;after=" in shown


def test_days_are_whole_and_both_ends_count(client: Client) -> None:
    actions.put([a_document(at=NOON, body="same"), a_document(at=NOON + timedelta(days=1))])

    assert "1 found" in page(client, since="2026-03-01", until="2026-03-01")
    assert "2 found" in page(client, since="2026-03-01", until="2026-03-02")


def test_a_day_that_is_none_gets_a_sentence(client: Client) -> None:
    answer = client.get("/search/", {"q": "same", "until": "9999-12-31"})
    assert answer.status_code == 400
    answer = client.get("/search/", {"q": "same", "since": "yesterday"})
    assert answer.status_code == 400
    assert "A date is written as year, month and day" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ('"', "There is no word to look for"),
        ("*", "There is no word to look for"),
        ("x" * 10_000, "at most 300 characters"),
        ("a " * 3 + " ".join(f"w{n}" for n in range(20)), "at most 16 words"),
        ("a*", "at least 2 letters before the star"),
        ("absent (AND) ^NEAR", "Nothing here answers all of that"),
        ("\0", "How to ask"),
        ("<script>alert(1)</script>", "Nothing here answers all of that"),
    ],
)
def test_what_cannot_be_answered_gets_a_sentence(client: Client, typed: str, sentence: str) -> None:
    shown = page(client, q=typed)
    assert sentence in shown
    assert "<script>" not in shown


def test_the_best_of_many_says_among_how_many(client: Client) -> None:
    actions.put(a_document(body="same") for _ in range(3))
    assert "Best match first." in page(client, q="same", order="best")


def test_a_page_of_one_and_of_three_takes_the_same_queries(
    client: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    for _ in range(2):
        actions.put([a_document(body="same"), a_document(body="same")])
        with django_assert_max_num_queries(5):
            page(client, q="same")
