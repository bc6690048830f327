"""Home says what is open to everybody, the desk what waits for one person."""

from datetime import timedelta

import pytest
from django.test import Client

from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.decisions.states import Stance
from intersession.decisions.testing import a_voice, an_open_call
from intersession.kit import clock
from intersession.kit.words import time_left
from intersession.membership.testing import a_member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_home_shows_an_open_call_with_its_time_in_a_drawing_and_in_words(client: Client) -> None:
    call = an_open_call(at=clock.now() - 4 * DAY)

    page = client.get("/").text

    assert '<span class="do">Take a position</span>' in page
    assert f'<a href="{call.get_absolute_url()}">{call.title}</a>' in page
    assert f"<b>{time_left(call.closes_at, clock.now())}</b>" in page
    assert '<rect class="e"' in page


def test_an_empty_home_says_so(client: Client) -> None:
    assert "Nothing is open to take part in now." in client.get("/").text


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_same_questions_for_one_and_for_many(
    client: Client, django_assert_num_queries, count: int
) -> None:
    for _ in range(count):
        an_open_call(at=clock.now() - DAY)

    with django_assert_num_queries(QUERIES):
        client.get("/")


QUERIES = 4
"""Open rounds and calls, outputs, coalitions."""


def test_a_call_stands_on_its_coalitions_page_and_in_the_directory(client: Client) -> None:
    call = an_open_call(at=clock.now() - DAY)
    a_coalition()

    page = client.get(call.coalition.get_absolute_url())
    found = client.get("/coalitions/", {"open": "1"}).context["found"]

    assert [one.work.title for one in page.context["page"].work] == [call.title]
    assert [row.coalition for row in found.rows] == [call.coalition]


def test_the_desk_says_what_waits_since_when_and_until_when(client: Client) -> None:
    call = an_open_call(at=clock.now() - DAY)
    client.force_login(a_member(call.coalition))

    page = client.get("/desk/")

    assert [row.waiting.title for row in page.context["desk"].rows] == [call.title]
    assert "1 thing waits for you" in page.text
    assert time_left(call.closes_at, clock.now()) in page.text


def test_an_empty_desk_says_so(client: Client) -> None:
    client.force_login(a_member(a_coalition()))

    assert "Nothing waits for you." in client.get("/desk/").text


def test_the_desk_says_what_the_reader_waits_for(client: Client) -> None:
    call = an_open_call(at=clock.now() - DAY)
    objector = a_voice(call, Stance.OBJECT, at=clock.now() - DAY / 2)
    client.force_login(objector)

    page = client.get("/desk/")

    assert [one.title for one in page.context["desk"].others] == [call.title]
    assert "Your objection waits for an answer." in page.text


def test_the_desk_names_the_offices_of_the_reader(client: Client) -> None:
    coalition = a_coalition()
    client.force_login(a_coordinator(coalition))

    page = client.get("/desk/").text

    assert f'Coordinator: <a href="{coalition.get_absolute_url()}">' in page
    assert "in no coalition yet" not in page
