import pytest

from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
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
