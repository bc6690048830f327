"""Coordinators edit the page of their coalition and say that it is right."""

from typing import Any

import pytest
from django.test import Client

from intersession.coalitions import actions
from intersession.coalitions.actions import Stale
from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import page_of
from intersession.coalitions.rules import KnownCoalition, KnownLink, Page, Registry
from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person, the_secretariat
from intersession.search.models import Item
from intersession.search.queries import text_of

pytestmark = pytest.mark.django_db

PAGE = Page(
    focus="To connect everyone.", website="https://dc.example.org", contact="chairs at the list",
    links=[KnownLink("https://dc.example.org/plan", "Plan of work")],
)  # fmt: skip
TYPED: dict[str, Any] = {
    "focus": "To connect everyone.", "website": "https://dc.example.org",
    "contact": "chairs at the list", "list_address": "", "list_subscribe_url": "",
    "list_archive_url": "", "base": "0",
    "links": "https://dc.example.org/plan Plan of work\r\n\r\n",
}  # fmt: skip


@pytest.fixture
def coalition() -> Coalition:
    return a_coalition()


@pytest.fixture
def coordinator(coalition: Coalition, client: Client) -> Person:
    person = a_coordinator(coalition)
    client.force_login(person)
    return person


def address(coalition: Coalition, noun: str = "page") -> str:
    return f"/coalitions/{coalition.slug}/{noun}/"


def test_what_a_coordinator_writes_is_read_found_recorded_and_confirmed(
    client: Client, coalition: Coalition, coordinator: Person
) -> None:
    answer = client.post(address(coalition), TYPED)

    coalition.refresh_from_db()
    entry = Entry.objects.get(verb="coalitions.edit_page")
    key = f"coalitions.coalition:{coalition.pk}"
    assert answer["Location"] == coalition.get_absolute_url()
    assert page_of(coalition) == PAGE
    assert coalition.confirmed_by == coordinator
    assert entry.facts == {"fields": ["contact", "focus", "links", "website"], "confirmed": True}
    assert (entry.scope, entry.is_public) == (coalition.slug, True)
    assert "To connect everyone." in text_of([key])[key]
    page = client.get(coalition.get_absolute_url()).content.decode()
    assert "chairs at the list" in page
    assert f"Confirmed by its coordinator {coordinator.name} on" in page


def test_what_the_secretariat_writes_waits_for_the_coalition(coalition: Coalition) -> None:
    actions.confirm_page(a_coordinator(coalition), coalition, base=0, at=NOON)

    actions.edit_page(the_secretariat(), coalition, PAGE, base=0, at=NOON)

    coalition.refresh_from_db()
    assert (coalition.confirmed_at, coalition.confirmed_by, coalition.edits) == (None, None, 1)
    assert Item.objects.filter(key=f"coalitions.coalition:{coalition.pk}").count() == 1


def test_a_page_says_where_it_comes_from_until_it_is_confirmed(
    client: Client, coalition: Coalition, coordinator: Person
) -> None:
    before = client.get(coalition.get_absolute_url()).content.decode()
    client.post(address(coalition, "confirmation"), {"base": "0"})
    after = client.get(coalition.get_absolute_url()).content.decode()

    assert "not yet confirmed by the coalition" in before
    assert f"Confirmed by its coordinator {coordinator.name} on" in after
    assert "confirmed that the page of" in after
    assert Entry.objects.filter(verb="coalitions.confirm_page").count() == 1


def test_a_stale_form_keeps_the_text_and_shows_the_difference(
    client: Client, coalition: Coalition, coordinator: Person
) -> None:
    actions.edit_page(coordinator, coalition, Page(focus="To agree soon."), base=0, at=NOON)

    page = client.post(address(coalition), TYPED).content.decode()

    assert "Somebody edited this page in the meantime" in page
    assert "To connect everyone.</textarea>" in page
    assert "<del>agree soon</del><ins>connect everyone</ins>" in page
    assert 'name="base" value="1"' in page
    coalition.refresh_from_db()
    assert coalition.focus == "To agree soon."
    client.post(address(coalition), {**TYPED, "base": "1"})
    coalition.refresh_from_db()
    assert coalition.focus == "To connect everyone."


def test_a_page_that_changed_since_is_not_confirmed_unseen(
    client: Client, coalition: Coalition, coordinator: Person
) -> None:
    actions.edit_page(the_secretariat(), coalition, PAGE, base=0, at=NOON)

    for base in ("0", "", "x", "9" * 30):
        answer = client.post(address(coalition, "confirmation"), {"base": base}, follow=True)
        assert "Somebody edited this page in the meantime" in answer.content.decode()
    with pytest.raises(Stale):
        actions.confirm_page(coordinator, coalition, base=0, at=NOON)
    coalition.refresh_from_db()
    assert coalition.confirmed_at is None


def test_others_neither_edit_nor_confirm(coalition: Coalition) -> None:
    other = a_coordinator(a_coalition())
    for person in (a_person(), other):
        with pytest.raises(Denied, match="edits its page"):
            actions.edit_page(person, coalition, PAGE, base=0, at=NOON)
    for person in (a_person(), other, the_secretariat()):
        with pytest.raises(Denied, match="say that its page is right"):
            actions.confirm_page(person, coalition, base=0, at=NOON)


def test_the_same_page_again_is_no_act(coalition: Coalition, coordinator: Person) -> None:
    with pytest.raises(Refused, match="Nothing is different"):
        actions.edit_page(coordinator, coalition, page_of(coalition), base=0, at=NOON)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("website", "javascript:alert(1)", "valid URL"),
        ("website", "ftp://example.org", "valid URL"),
        ("links", "javascript:alert(1) Plan", "This line begins with no address"),
        ("links", "Plan https://example.org", "This line begins with no address"),
        ("links", "https://example.org Plan\n" * 31, "up to 30 links"),
        ("links", "https://example.org " + "x" * 201, "up to 200"),
        ("list_address", "nobody", "valid email"),
        ("focus", "x" * 4001, "at most 4000"),
        ("base", "-1", "greater than or equal"),
    ],
)
def test_what_cannot_be_right_is_told_and_kept(
    client: Client, coalition: Coalition, coordinator: Person, field: str, value: str, words: str
) -> None:
    page = client.post(address(coalition), {**TYPED, field: value}).content.decode()

    coalition.refresh_from_db()
    assert coalition.edits == 0
    assert words in page
    assert "chairs at the list" in page


def test_the_registry_leaves_a_confirmed_page_alone(
    coalition: Coalition, coordinator: Person
) -> None:
    actions.edit_page(coordinator, coalition, PAGE, base=0, at=NOON)
    read = KnownCoalition(slug=coalition.slug, name="Other", sources=[])
    registry = Registry("0" * 64, [], [read])

    actions.load_registry(registry, at=NOON)

    coalition.refresh_from_db()
    assert page_of(coalition) == PAGE
    assert coalition.name != "Other"
