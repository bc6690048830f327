"""The directory: every coalition, found by its names then and now, by theme, status and group."""

import pytest
from django.test import Client

from intersession.coalitions.models import Coalition, FormerName, Theme
from intersession.coalitions.rules import Listed, Wanted, folded
from intersession.coalitions.states import Status
from intersession.coalitions.testing import a_coalition
from intersession.membership.testing import a_member
from intersession.people.states import Group

pytestmark = pytest.mark.django_db


def shown(client: Client, **asked: str) -> list[str]:
    page = client.get("/coalitions/", asked)
    assert page.status_code == 200
    return [row.coalition.name for row in page.context["found"].rows]


@pytest.mark.parametrize("count", [1, 3])
def test_the_directory_asks_the_same_questions_for_one_and_for_many(
    client: Client, django_assert_num_queries, count: int
) -> None:
    for _ in range(count):
        coalition = a_coalition()
        coalition.themes.add(Theme.objects.get_or_create(code="trade", name="Trade")[0])
        a_member(coalition)

    with django_assert_num_queries(QUERIES):
        client.get("/coalitions/")


QUERIES = 9
"""Open rounds and calls, groups of members, lists, their months, coalitions, themes, old names."""


def test_a_coalition_is_found_by_a_former_name() -> None:
    coalition, _other = a_coalition(), a_coalition()
    FormerName.objects.create(coalition=coalition, slug="old", name="Child Online Safety")

    assert shown(Client(), q="online SAFETY") == [coalition.name]


def test_accents_and_printed_apostrophes_do_not_hide_a_name() -> None:
    Coalition.objects.create(slug="x", handle="X", name="Children’s Rights in São Tomé")

    assert shown(Client(), q="children's tome") == ["Children’s Rights in São Tomé"]


def test_coalitions_are_filtered_by_status_and_theme(client: Client) -> None:
    trade, _other = a_coalition(), a_coalition()
    trade.themes.add(Theme.objects.create(code="trade", name="Trade"))
    quiet = a_coalition()
    Coalition.objects.filter(pk=quiet.pk).update(status=Status.UNKNOWN)

    assert shown(client, theme="trade") == [trade.name]
    assert shown(client, status="unknown") == [quiet.name]
    assert shown(client, status="unknown", theme="trade") == []


def test_only_members_who_show_their_group_count_for_the_filter(client: Client) -> None:
    shows, hides = a_coalition(), a_coalition()
    a_member(shows, group=Group.GOVERNMENT)
    a_member(hides, group=Group.GOVERNMENT, shown=[])

    assert shown(client, group=Group.GOVERNMENT.value) == [shows.name]


def test_filters_that_fit_nothing_get_a_sentence(client: Client) -> None:
    page = client.get("/coalitions/", {"q": "no such thing"})

    assert "No coalition in the register fits all of that." in page.text


@pytest.mark.parametrize("bad", ['"', "*", "x" * 10_000, "<script>", "%00", "\x00"])
def test_no_search_word_breaks_the_directory(client: Client, bad: str) -> None:
    page = client.get("/coalitions/", {"q": bad, "theme": bad, "status": bad, "group": bad})

    assert page.status_code == 200
    assert "<script>" not in page.text


def test_nothing_wanted_takes_everything() -> None:
    assert Wanted().takes(Listed("", "active", frozenset()))


def test_folding_is_stable() -> None:
    assert folded(folded("Éire’s ÅNGSTRÖM")) == folded("Éire’s ÅNGSTRÖM") == "eire's angstrom"
