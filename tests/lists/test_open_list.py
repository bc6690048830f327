from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions, urls
from intersession.lists.actions import opening
from intersession.lists.models import MailingList
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db

WORDS = {"name": "talk", "address": "Talk@lists.example.org", "title": "Talk"}


def test_a_coordinator_opens_a_list_and_the_record_says_so() -> None:
    coalition = a_coalition()
    coordinator = a_coordinator(coalition)

    opened = actions.open_list(coordinator, coalition, at=NOON, **WORDS)

    assert opened.address == "talk@lists.example.org"
    assert Entry.objects.latest("number").verb == "lists.open_list"


def test_nobody_else_opens_a_list() -> None:
    with pytest.raises(Denied, match="coordinator"):
        actions.open_list(a_person(), a_coalition(), at=NOON, **WORDS)

    assert not MailingList.objects.exists()


@pytest.mark.parametrize(
    "other", [{"name": "other"}, {"address": "other@lists.example.org"}], ids=["address", "name"]
)
def test_two_lists_share_neither_name_nor_address(other: dict[str, str]) -> None:
    coalition = a_coalition()
    coordinator = a_coordinator(coalition)
    actions.open_list(coordinator, coalition, at=NOON, **WORDS)

    with pytest.raises(Refused, match="Another list"):
        actions.open_list(coordinator, coalition, at=NOON, **{**WORDS, **other})


@pytest.mark.parametrize(
    "wrong", [{"name": "Talk here"}, {"name": ""}, {"address": "nowhere"}, {"address": ""}]
)
def test_a_list_has_a_plain_name_and_an_address(wrong: dict[str, str]) -> None:
    coalition = a_coalition()

    with pytest.raises(Refused):
        actions.open_list(None, coalition, at=NOON, **{**WORDS, **wrong})

    assert not MailingList.objects.exists()


def test_the_operator_opens_a_list_by_command() -> None:
    coalition, out = a_coalition(), StringIO()

    call_command("open-list", coalition.slug, "talk", "talk@lists.example.org", stdout=out)

    opened = MailingList.objects.get()
    assert (opened.title, opened.coalition) == (f"{coalition.name}: talk", coalition)
    assert Entry.objects.latest("number").actor is None
    assert "/lists/talk/" in out.getvalue()


def test_the_command_names_the_coalitions_there_are_and_says_what_is_wrong() -> None:
    coalition = a_coalition()

    with pytest.raises(CommandError, match=coalition.slug):
        call_command("open-list", "nowhere", "talk", "talk@lists.example.org")
    with pytest.raises(CommandError, match="small letters"):
        call_command("open-list", coalition.slug, "My talk", "talk@lists.example.org")


def test_where_there_is_no_coalition_the_command_says_how_they_come_here() -> None:
    with pytest.raises(CommandError, match="intersession load-registry"):
        call_command("open-list", "nowhere", "talk", "talk@lists.example.org")


@pytest.mark.parametrize(
    "local", ["talk-owner", "talk-leave", "talk-bounces", "abuse", "postmaster", "t" * 25]
)
def test_no_list_takes_an_address_that_is_spoken_for(local: str) -> None:
    coalition = a_coalition()

    with pytest.raises(Refused):
        actions.open_list(
            None, coalition, at=NOON, **{**WORDS, "address": f"{local}@lists.example.org"}
        )


def test_no_list_takes_the_name_of_a_page() -> None:
    pages = {str(one.pattern).partition("/")[0].partition(".")[0] for one in urls.urlpatterns}
    words = {page for page in pages if page and "<" not in page}

    assert words <= opening.KEPT_NAMES
    for name in words:
        with pytest.raises(Refused, match="kept for pages"):
            actions.open_list(None, a_coalition(), at=NOON, **{**WORDS, "name": name})
