"""No copy of a paused or stopped relay is begun, and a relay ends with its last parcel."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import sleep

import pytest
from django.db import connections, transaction

from intersession.jobs.models import Worker as Hand
from intersession.kit.answers import Refused
from intersession.lists import actions
from intersession.lists.actions import relaying
from intersession.lists.actions.relaying.stopping import NEVER
from intersession.lists.models import Parcel, Relay
from intersession.lists.states import RelayState
from intersession.lists.testing import a_list
from intersession.people.testing import NOON
from intersession.site.management.commands.worker import Worker
from tests.lists.test_relaying import LATER, MAIL, subscribers

pytestmark = pytest.mark.django_db


def a_relay(readers: int) -> Relay:
    mailing_list = a_list()
    subscribers(mailing_list, readers)
    return relaying.relay(actions.archive(mailing_list, MAIL, at=NOON), at=NOON)


def test_a_parcel_in_hand_of_a_paused_relay_is_not_begun_and_goes_on_when_it_is_resumed() -> None:
    relay = a_relay(8)
    claimed = relaying.claim("one", at=NOON, most=1)
    assert not relaying.leave_halted("one", claimed[0])
    relaying.pause(relay, at=NOON)

    assert relaying.leave_halted("one", claimed[0])

    assert relaying.claim("two", at=LATER, most=9) == []
    relaying.resume(relay, at=LATER)
    assert len(relaying.claim("two", at=LATER, most=9)) == 2


def test_a_parcel_in_hand_of_a_stopped_relay_is_not_begun() -> None:
    relay = a_relay(8)
    claimed = relaying.claim("one", at=NOON, most=1)
    relaying.stop(relay, at=NOON)

    assert relaying.leave_halted("one", claimed[0])
    assert Parcel.objects.filter(done_at=None).count() == 0


def test_who_looks_at_an_old_page_does_not_let_a_stopped_relay_go_on() -> None:
    relay = a_relay(8)
    relaying.pause(relay, at=NOON)
    page_of_another = Relay.objects.get()
    relaying.stop(relay, at=NOON)

    with pytest.raises(Refused):
        relaying.resume(page_of_another, at=LATER)

    assert Relay.objects.get().state == RelayState.STOPPED


def test_what_a_worker_gives_back_or_puts_down_of_a_paused_relay_stays_paused() -> None:
    relay = a_relay(8)
    claimed = relaying.claim("one", at=NOON, most=2)
    relaying.pause(relay, at=NOON)

    relaying.put_down("one", [claimed[0].pk], until=LATER, trouble="away")
    relaying.give_back("one", at=LATER)

    assert set(relay.parcels.values_list("worker", "due_at")) == {("", NEVER)}


def test_a_due_parcel_of_a_paused_relay_is_not_claimed() -> None:
    relay = a_relay(8)
    relaying.pause(relay, at=NOON)
    relay.parcels.update(due_at=NOON)

    assert relaying.claim("one", at=LATER, most=9) == []


def test_a_copy_put_off_waits_while_its_relay_is_paused_and_never_goes_once_it_is_stopped() -> None:
    relay = a_relay(8)
    first, second = relaying.claim("one", at=NOON, most=2)
    relaying.pause(relay, at=NOON)
    relaying.mark("one", [relaying.Deferred(first.pk, first.last, "451")], [first.pk], at=NOON)
    assert not relaying.is_due(at=NOON.replace(year=NOON.year + 1))
    assert relay.parcels.filter(done_at=None, tries=1).count() == 1

    relaying.stop(relay, at=NOON)
    relaying.mark("one", [relaying.Deferred(second.pk, second.last, "451")], [second.pk], at=NOON)

    assert relay.parcels.filter(done_at=None).count() == 0


@contextmanager
def meanwhile(worker: str, parcel: Parcel) -> Iterator[None]:
    """Let another worker end its parcel, over a connection of its own, before the block ends."""

    def end() -> None:
        relaying.mark(worker, [], [parcel.pk], at=NOON)
        connections.close_all()

    other = Thread(target=end)
    with transaction.atomic():
        yield
        other.start()
        sleep(0.3)
    other.join()


@pytest.mark.postgres  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_two_workers_that_end_the_last_parcels_together_end_the_relay() -> None:
    relay = a_relay(2)
    (mine,) = relaying.claim("one", at=NOON, most=1)
    (theirs,) = relaying.claim("two", at=NOON, most=1)

    with meanwhile("two", theirs):
        relaying.mark("one", [], [mine.pk], at=NOON)

    relay.refresh_from_db()
    assert relay.state == RelayState.SENT


def test_a_relay_without_open_parcels_is_ended_and_another_is_not() -> None:
    relay, other = a_relay(2), a_relay(2)
    relay.parcels.update(done_at=NOON)

    assert relaying.finish_empty(at=LATER) == 1

    relay.refresh_from_db()
    other.refresh_from_db()
    assert (relay.state, relay.sent_at) == (RelayState.SENT, LATER)
    assert other.state == RelayState.SENDING


def test_a_worker_whose_mail_thread_is_dead_renews_no_lease_for_it() -> None:
    worker = Worker(lease=LATER - NOON, pause=0)
    worker.carrying = Thread(target=int)
    worker.carrying.start()
    worker.carrying.join()

    worker.look_at_the_clock()

    assert list(Hand.objects.values_list("name", flat=True)) == [worker.name]
