"""The page of a coalition: what is known, what is open, who is who; unknown stays unknown."""

import pytest
from django.core.management import call_command
from django.test import Client

from intersession.coalitions.models import Coalition, FormerName
from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.membership import queries
from intersession.membership.rules import Share, shares
from intersession.membership.states import Kind
from intersession.membership.testing import a_member
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db


def test_what_is_not_known_is_said_to_be_not_known(client: Client) -> None:
    coalition = a_coalition()

    page = client.get(f"/coalitions/{coalition.slug}/").text

    assert '<dt>Year of recognition</dt><dd class="num">not known</dd>' in page
    assert "No source is named." in page


@pytest.mark.parametrize("address", ["old-name", "OLD-NAME", "on", "ON"])
def test_a_name_it_had_leads_to_the_coalition(client: Client, address: str) -> None:
    coalition = a_coalition()
    FormerName.objects.create(coalition=coalition, slug="old-name", name="Old name", acronym="ON")

    answer = client.get(f"/coalitions/{address}/")

    assert (answer.status_code, answer["Location"]) == (301, f"/coalitions/{coalition.slug}/")


def test_a_name_nobody_had_is_not_found(client: Client) -> None:
    assert client.get("/coalitions/nobody/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_questions_for_one_and_for_many(
    client: Client, django_assert_num_queries, count: int
) -> None:
    coalition = a_coalition()
    for n in range(count):
        a_coordinator(coalition)
        a_member(coalition)
        FormerName.objects.create(coalition=coalition, slug=f"old-{n}", name="Old")

    with django_assert_num_queries(QUERIES):
        client.get(f"/coalitions/{coalition.slug}/")


QUERIES = 12
"""Coalition, themes, former names, list, open rounds and calls, seats, roll, record, outputs."""


def test_every_real_coalition_has_a_page_that_shows_its_status_and_sources(client: Client) -> None:
    call_command("load-registry", verbosity=0)

    for coalition in Coalition.objects.all():
        page = client.get(coalition.get_absolute_url())
        assert page.status_code == 200
        assert coalition.get_status_display() in page.text
        assert "how we know" in page.text


def test_joining_from_the_page_and_leaving_again(client: Client) -> None:
    coalition, person = a_coalition(), a_person()
    client.force_login(person)

    client.post(f"/coalitions/{coalition.slug}/membership/", {"kind": "observer"})

    assert queries.of_person(person, at=NOON.replace(year=2099)).get().kind == Kind.OBSERVER
    assert "Leave this coalition" in client.get(f"/coalitions/{coalition.slug}/").text

    client.post(f"/coalitions/{coalition.slug}/departure/")

    assert not queries.of_person(person, at=NOON.replace(year=2099)).exists()


def test_a_visitor_is_told_how_to_join(client: Client) -> None:
    page = client.get(f"/coalitions/{a_coalition().slug}/")

    assert "Sign in to join; nobody has to approve it." in page.text


def test_groups_under_five_are_not_counted_out() -> None:
    told = shares({"a": 5, "b": 4, "d": 1}, ["a", "b", "c"])

    assert told == [Share("a", 5), Share("b", None), Share("c", 0)]


def test_the_people_page_counts_members_and_hides_small_groups(client: Client) -> None:
    coalition = a_coalition()
    for _ in range(5):
        a_member(coalition, group="governments")
    a_member(coalition, group="private-sector")
    a_member(coalition, group="civil-society")

    page = client.get(f"/coalitions/{coalition.slug}/people/").text

    assert '<th scope="row">Governments</th><td class="num">5</td>' in page
    assert '<th scope="row">Private sector</th><td class="num">not counted out</td>' in page
