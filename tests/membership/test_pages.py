"""The people page of a coalition; joining and leaving by its buttons."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from intersession.coalitions.models import Coalition, Seat
from intersession.coalitions.states import Office
from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.membership import queries
from intersession.membership.models import Membership
from intersession.membership.states import Kind
from intersession.membership.testing import a_member
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db


def page_of(client: Client, coalition: Coalition, query: str = "") -> str:
    return client.get(f"/coalitions/{coalition.slug}/people/{query}").content.decode()


def test_somebody_joins_as_a_member_and_leaves(client: Client) -> None:
    coalition = a_coalition()
    client.force_login(a_person())

    client.post(f"/coalitions/{coalition.slug}/membership/", {"kind": "member"})
    assert Membership.objects.get().kind == Kind.MEMBER

    client.post(f"/coalitions/{coalition.slug}/departure/")
    assert Membership.objects.get().until is not None


def test_an_office_that_somebody_left_is_shown_vacant(client: Client) -> None:
    coalition = a_coalition()
    Seat.objects.create(
        coalition=coalition, person=a_person(), office=Office.RAPPORTEUR, since=NOON,
        until=NOON + timedelta(days=30),
    )  # fmt: skip

    assert "Vacant since 31 March 2026" in page_of(client, coalition)


def test_somebody_joins_as_an_observer(client: Client) -> None:
    coalition = a_coalition()
    client.force_login(a_person())

    client.post(f"/coalitions/{coalition.slug}/membership/", {"kind": "observer"})

    assert Membership.objects.get().kind == Kind.OBSERVER


def test_joining_twice_is_denied_with_its_reason(client: Client) -> None:
    coalition = a_coalition()
    client.force_login(a_member(coalition))

    answer = client.post(f"/coalitions/{coalition.slug}/membership/", {"kind": "member"})

    assert answer.status_code == 403
    assert "You belong to this coalition already." in answer.content.decode()


def test_who_is_not_signed_in_is_led_to_sign_in_and_back(client: Client) -> None:
    coalition = a_coalition()

    answer = client.post(f"/coalitions/{coalition.slug}/membership/", {"kind": "member"})

    assert answer["Location"].startswith("/sign-in/?next=/coalitions/")
    assert not Membership.objects.exists()


def test_names_are_shown_only_by_those_who_show_them(client: Client) -> None:
    coalition = a_coalition()
    a_member(coalition, name="Open Heart", shown=["name"])
    a_member(coalition, name="Quiet Mind", shown=["group"])

    page = page_of(client, coalition)

    assert "Open Heart" in page
    assert "Quiet Mind" not in page


def test_long_lists_of_names_come_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "NAMES_A_PART", 2)
    coalition = a_coalition()
    for name in ("Ada", "Ada", "Bo", "Cy", "Di"):
        a_member(coalition, name=name, shown=["name"])

    names, key = [], ""
    while True:
        part = queries.named(coalition, at=NOON, after=key)
        names += [membership.person.name for membership in part.items]
        if not (key := part.later):
            break

    assert names == ["Ada", "Ada", "Bo", "Cy", "Di"]


@pytest.mark.parametrize(
    "query",
    ["?after=x", "?after=WzFd", "?after=%00", "?after=WyJhIiwiYiJd", "?after=WyJhXHUwMDAwIiwxXQ"],
)
def test_a_changed_key_shows_the_first_part(client: Client, query: str) -> None:
    coalition = a_coalition()
    a_member(coalition, name="Ada", shown=["name"])

    assert "Ada" in page_of(client, coalition, query)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_number_of_questions_however_many_people(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    coalition = a_coalition()
    for _ in range(number):
        a_member(coalition, shown=["name"])
        a_coordinator(coalition)

    with django_assert_num_queries(5):
        page_of(client, coalition)
