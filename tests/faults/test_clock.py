"""The machine's clock is put back: nothing waits for the time that was."""

from datetime import timedelta

import pytest

from intersession.jobs.actions import beat, reap
from intersession.jobs.models import Worker
from intersession.lists import actions
from intersession.lists.actions import relaying
from intersession.lists.models import MailingList, Message, Parcel
from intersession.lists.testing import a_list
from intersession.people.testing import NOON
from tests.faults.house import a_post, readers

pytestmark = pytest.mark.django_db

BEFORE = NOON + timedelta(days=3)
"""What the clock said before it was put back to noon."""
LEASE = timedelta(seconds=30)


def archived(talk: MailingList) -> Message:
    return actions.archive(talk, a_post(talk, 1), at=BEFORE)


def test_a_post_taken_in_before_the_clock_was_put_back_is_due_now() -> None:
    talk = a_list()
    readers(talk, 3)
    relaying.relay(archived(talk), at=BEFORE)
    assert relaying.claim("ada", at=NOON, most=99) == []

    assert relaying.hasten(at=NOON) == 2

    assert len(relaying.claim("ada", at=NOON, most=99)) == 2
    assert relaying.hasten(at=NOON) == 0


def test_a_copy_put_off_waits_no_longer_than_the_longest_pause() -> None:
    talk = a_list()
    readers(talk, 1)
    relay = relaying.relay(archived(talk), at=NOON)
    parcels = Parcel.objects.filter(relay=relay)

    parcels.update(tries=2, trouble="451 later", due_at=NOON + timedelta(hours=20))
    assert relaying.hasten(at=NOON) == 0
    parcels.update(due_at=BEFORE)
    assert relaying.hasten(at=NOON) == 1

    assert parcels.get().due_at == NOON


def test_a_relay_that_somebody_paused_stays_paused() -> None:
    talk = a_list()
    readers(talk, 1)
    relay = relaying.relay(archived(talk), at=NOON)
    relaying.pause(relay, at=NOON)

    assert relaying.hasten(at=NOON) == 0


def test_what_a_worker_held_that_died_before_the_clock_was_put_back_is_freed() -> None:
    talk = a_list()
    readers(talk, 1)
    relaying.relay(archived(talk), at=NOON)
    beat("ada", steady=BEFORE, lease=LEASE)
    relaying.claim("ada", at=NOON, most=99)

    for seconds in (0, 20, 40):
        steady = NOON + timedelta(seconds=seconds)
        beat("bob", steady=steady, lease=LEASE)
        relaying.free(steady=steady)
        reap(steady=steady, at=steady)

    assert [worker.name for worker in Worker.objects.all()] == ["bob"]
    assert len(relaying.claim("bob", at=NOON, most=99)) == 1


def test_who_lives_keeps_what_is_in_hand_when_the_clock_is_put_back() -> None:
    talk = a_list()
    readers(talk, 1)
    relaying.relay(archived(talk), at=NOON)
    beat("ada", steady=BEFORE, lease=LEASE)
    relaying.claim("ada", at=NOON, most=99)

    beat("bob", steady=NOON, lease=LEASE)
    beat("ada", steady=NOON + timedelta(seconds=5), lease=LEASE)
    freed = relaying.free(steady=NOON + timedelta(seconds=32))

    assert freed == 0
