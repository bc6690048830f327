"""A relay is cut in parcels, taken in hand, and marked copy by copy (checklist 20, 21)."""

from datetime import timedelta

import pytest

from intersession.jobs import actions as jobs
from intersession.lists import actions
from intersession.lists.actions import relaying
from intersession.lists.models import MailingList, Message, Parcel, Relay, Subscription, Watch
from intersession.lists.queries import recipients
from intersession.lists.states import Delivery, Interest, RelayState
from intersession.lists.testing import a_list
from intersession.people.testing import NOON

pytestmark = pytest.mark.django_db

MAIL = b"From: Ana <ana@example.org>\nSubject: Hello\nMessage-ID: <1@example.org>\n\nHello.\n"
LATER = NOON + timedelta(minutes=1)


def subscribers(mailing_list: MailingList, count: int, **more: object) -> list[Subscription]:
    return Subscription.objects.bulk_create(
        Subscription(
            mailing_list=mailing_list, address=f"reader-{n}@example.org", since=NOON, **more
        )
        for n in range(count)
    )


def a_post(mailing_list: MailingList) -> Message:
    return actions.archive(mailing_list, MAIL, at=NOON)


def waiting(relay: Relay, parcel: Parcel) -> list[int]:
    rows = recipients.of_parcel(relay, parcel, addressed=frozenset(), author="", at=NOON)
    return [row.number for row in rows]


@pytest.mark.parametrize("count", [0, 1, 2, 7, 8, 9, 200, 801, 1000])
def test_the_parcels_of_a_relay_hold_every_subscriber_once(count: int) -> None:
    mailing_list = a_list()
    others = a_list()
    subscribers(others, 3)
    made = subscribers(mailing_list, count)

    relay = relaying.relay(a_post(mailing_list), at=NOON)

    parcels = list(relay.parcels.order_by("first"))
    assert [n for parcel in parcels for n in waiting(relay, parcel)] == [one.pk for one in made]
    assert sum(parcel.left for parcel in parcels) == relay.recipients == count


def test_a_post_to_two_hundred_is_cut_so_that_two_workers_may_share_it() -> None:
    mailing_list = a_list()
    subscribers(mailing_list, 200)

    relay = relaying.relay(a_post(mailing_list), at=NOON)

    assert [parcel.left for parcel in relay.parcels.all()] == [100] * 2


def test_a_post_to_nobody_is_sent_at_once() -> None:
    relay = relaying.relay(a_post(a_list()), at=NOON)

    assert (relay.state, relay.parcels.count()) == (RelayState.SENT, 0)


def test_who_leaves_loses_their_mail_or_mutes_a_thread_gets_no_copy() -> None:
    mailing_list = a_list()
    left, stopped, muted, stays = subscribers(mailing_list, 4)
    post = a_post(mailing_list)
    relay = relaying.relay(post, at=NOON)
    Subscription.objects.filter(pk=left.pk).update(until=LATER)
    Subscription.objects.filter(pk=stopped.pk).update(stopped_at=LATER, stopped_by="bounces")
    Watch.objects.create(subscription=muted, thread=post.thread, interest=Interest.MUTE)

    found = [n for parcel in relay.parcels.all() for n in waiting(relay, parcel)]

    assert found == [stays.pk]


def test_who_gets_no_mail_gets_the_thread_they_follow() -> None:
    mailing_list = a_list()
    (reader,) = subscribers(mailing_list, 1, delivery=Delivery.NONE)
    post = a_post(mailing_list)
    Watch.objects.create(subscription=reader, thread=post.thread, interest=Interest.FOLLOW)

    relay = relaying.relay(post, at=NOON)

    assert [n for parcel in relay.parcels.all() for n in waiting(relay, parcel)] == [reader.pk]


def test_who_is_named_in_the_mail_itself_gets_no_second_copy_unless_they_wish() -> None:
    mailing_list = a_list()
    named, _other = subscribers(mailing_list, 2)
    (wishes,) = Subscription.objects.bulk_create(
        [
            Subscription(
                mailing_list=mailing_list, address="wishes@example.org", since=NOON,
                skips_addressed=False,
            )
        ]
    )  # fmt: skip
    relay = relaying.relay(a_post(mailing_list), at=NOON)
    addressed = frozenset([named.address, "wishes@example.org"])

    found = [
        row.number
        for parcel in relay.parcels.all()
        for row in recipients.of_parcel(relay, parcel, addressed=addressed, author="", at=NOON)
    ]

    assert named.pk not in found
    assert wishes.pk in found


def test_two_workers_never_have_one_parcel_in_hand() -> None:
    mailing_list = a_list()
    subscribers(mailing_list, 800)
    relaying.relay(a_post(mailing_list), at=NOON)

    one = relaying.claim("one", at=NOON, most=5)
    two = relaying.claim("two", at=NOON, most=5)

    assert (len(one), len(two)) == (5, 3)
    assert {parcel.pk for parcel in one}.isdisjoint(parcel.pk for parcel in two)


def test_a_marked_copy_is_never_sent_again() -> None:
    mailing_list = a_list()
    first, second, _third = subscribers(mailing_list, 3)
    relay = relaying.relay(a_post(mailing_list), at=NOON)
    Parcel.objects.all().delete()
    parcel = Parcel.objects.create(relay=relay, first=0, last=_third.pk, left=3, due_at=NOON)

    relaying.claim("one", at=NOON, most=1)
    relaying.mark("one", [relaying.Copied(parcel.pk, first.pk)], at=NOON)
    relaying.give_back("one", at=NOON)

    (again,) = relaying.claim("two", at=NOON, most=1)
    assert waiting(relay, again) == [second.pk, _third.pk]
    assert again.left == 2


def test_a_copy_that_is_put_off_is_tried_later_and_given_up_after_five_days() -> None:
    mailing_list = a_list()
    (reader,) = subscribers(mailing_list, 1)
    relay = relaying.relay(a_post(mailing_list), at=NOON)
    at, tries = NOON, 0

    while parcels := relaying.claim("one", at=at, most=9):
        (parcel,) = parcels
        deferred = relaying.Deferred(parcel.pk, reader.pk, "451 later")
        relaying.mark("one", [deferred], [parcel.pk], at=at)
        tries += 1
        due = Parcel.objects.filter(done_at=None).values_list("due_at", flat=True).first()
        at = due or at

    relay.refresh_from_db()
    assert (relay.state, relay.refused) == (RelayState.SENT, 1)
    assert at - NOON > timedelta(days=4)
    assert tries > 10


def test_what_a_dead_worker_had_in_hand_is_taken_up_by_another() -> None:
    mailing_list = a_list()
    subscribers(mailing_list, 800)
    relaying.relay(a_post(mailing_list), at=NOON)
    jobs.beat("dead", steady=NOON - timedelta(hours=1), lease=timedelta(seconds=30))
    jobs.beat("alive", steady=NOON, lease=timedelta(seconds=30))
    relaying.claim("alive", at=NOON, most=3)
    relaying.claim("dead", at=NOON, most=2)

    freed = relaying.free(steady=NOON)

    assert freed == 2
    assert len(relaying.claim("alive", at=NOON, most=9)) == 5


def test_a_paused_relay_sends_nothing_until_it_is_resumed() -> None:
    mailing_list = a_list()
    subscribers(mailing_list, 8)
    relay = relaying.relay(a_post(mailing_list), at=NOON)

    relaying.pause(relay, at=NOON)
    assert relaying.claim("one", at=LATER, most=9) == []

    relaying.resume(relay, at=LATER)
    assert len(relaying.claim("one", at=LATER, most=9)) == 2


def test_a_stopped_relay_stays_stopped() -> None:
    mailing_list = a_list()
    subscribers(mailing_list, 8)
    relay = relaying.relay(a_post(mailing_list), at=NOON)

    relaying.stop(relay, at=NOON)

    assert relaying.claim("one", at=LATER, most=9) == []
    assert Relay.objects.get().state == RelayState.STOPPED
