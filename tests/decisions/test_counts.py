"""Every list page asks the database the same number of questions, however long the list."""

import pytest
from django.test import Client
from django.urls import reverse

from intersession.coalitions.testing import a_coalition
from intersession.decisions import actions, queries
from intersession.decisions.models import Call
from intersession.decisions.states import Stance
from intersession.decisions.testing import (
    HOUR,
    a_disposed_objection,
    a_voice,
    an_amended_text,
    an_answered_objection,
    an_open_call,
)
from intersession.kit import clock
from intersession.membership.testing import a_member
from intersession.people.testing import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + 5 * HOUR


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def a_full_call(n: int) -> Call:
    call = an_open_call(a_coalition())
    for _ in range(n):
        a_voice(call, Stance.SUPPORT)
        a_disposed_objection(call)
        objection = an_answered_objection(call)
        actions.file_statement(objection.person, call, at=LATER, text="No.", passages=["k1"])
    return call


def ask(django_assert_num_queries, client: Client, url: str, number: int) -> None:
    client.get(url)
    with django_assert_num_queries(number):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_of_a_call(n, client, django_assert_num_queries):
    ask(django_assert_num_queries, client, a_full_call(n).get_absolute_url(), 13)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_of_a_call_for_its_caller(n, client, django_assert_num_queries):
    call = a_full_call(n)
    client.force_login(call.caller)
    ask(django_assert_num_queries, client, call.get_absolute_url(), 24)


@pytest.mark.parametrize("n", [1, 3])
def test_the_index(n, client, django_assert_num_queries):
    for _ in range(n):
        an_open_call()
        done = an_open_call()
        actions.withdraw(done.caller, done, at=NOON + HOUR, reason="Wrong.")
    ask(django_assert_num_queries, client, reverse("decisions:index"), 2)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_of_a_statement(n, client, django_assert_num_queries):
    call = an_open_call()
    author = a_voice(call)
    filed = actions.file_statement(author, call, at=LATER, text="No.")
    for _ in range(n):
        actions.confirm_cosign(
            friend := a_voice(call), actions.cosign(author, filed, friend, at=LATER), at=LATER
        )
    client.force_login(author)
    ask(django_assert_num_queries, client, filed.get_absolute_url(), 6)


@pytest.mark.parametrize("n", [1, 3])
def test_what_waits_for_somebody(n, django_assert_num_queries):
    coalition = a_coalition()
    person = a_member(coalition)
    for _ in range(n):
        call = an_open_call(coalition)
        an_amended_text(call, at=NOON + HOUR)
    with django_assert_num_queries(6):
        assert len(queries.waiting_for(person, LATER)) == n


@pytest.mark.parametrize("n", [1, 3])
def test_standing_and_statements(n, django_assert_num_queries):
    call = a_full_call(n)
    with django_assert_num_queries(6):
        queries.standing(call)
        queries.statements(call)
