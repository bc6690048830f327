"""Killed in the midst of work: nothing accepted is lost, nothing archived twice, few repeats."""

from pathlib import Path

import pytest

from intersession.journal.models import Entry
from intersession.lists.models import Arrival, Message
from intersession.lists.testing import a_list
from tests.faults.house import a_house, readers
from tests.faults.killing import under_fire

pytestmark = pytest.mark.django_db(transaction=True)


def test_whatever_is_killed_no_accepted_post_is_lost_and_few_copies_come_again(
    tmp_path: Path,
) -> None:
    talk = a_list()
    members = readers(talk, 40)
    with a_house(tmp_path, own_database=True) as house:
        strike = house.server.kill if house.server else None
        outcome = under_fire(house, talk, members, blows=9, seed=1, strike_database=strike)

        archived = sorted(Message.objects.values_list("message_id", flat=True))
        assert archived == sorted(outcome.accepted)
        assert Arrival.objects.count() == len(archived)
        assert Entry.objects.filter(verb="lists.archive").count() == len(archived)
    assert outcome.lost == []
    assert outcome.repeated <= outcome.allowed
    assert sum(outcome.blows.values()) == 9
