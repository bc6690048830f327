import pytest

from intersession.coalitions.testing import a_coalition
from intersession.journal.models import Entry
from intersession.kit.answers import Denied
from intersession.membership import actions, queries
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db


def test_joining_puts_a_person_on_the_roll_and_on_the_record() -> None:
    coalition, person = a_coalition(), a_person()

    actions.join(person, coalition, at=NOON)

    assert queries.is_member(person, coalition, at=NOON)
    assert [entry.verb for entry in Entry.objects.all()] == ["membership.join"]


def test_nobody_joins_twice() -> None:
    coalition, person = a_coalition(), a_person()
    actions.join(person, coalition, at=NOON)

    with pytest.raises(Denied, match="already"):
        actions.join(person, coalition, at=NOON)
