"""Who gets a copy: asked for a stretch of a list's subscriptions at a time, never for all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Mod, RowNumber

from intersession.kit.composed import Composed
from intersession.lists.models import Issue, MailingList, Parcel, Relay, Subscription, Watch
from intersession.lists.rules.wishes import DIGESTS
from intersession.lists.states import Delivery, Interest

type Row = tuple[int, str, bool, bool]
COLUMNS = ("id", "address", "skips_addressed", "gets_own")


class Recipient(NamedTuple):
    """One who gets a copy: the key of the subscription, and the address."""

    number: int
    address: str


def delivered(mailing_list: MailingList | int) -> QuerySet[Subscription]:
    """Return the open subscriptions to which mail has not stopped."""
    return Subscription.objects.filter(mailing_list=mailing_list, until=None, stopped_at=None)


def for_each(mailing_list: MailingList | int) -> QuerySet[Subscription]:
    """Return the subscriptions that get each message as it comes."""
    return delivered(mailing_list).filter(delivery=Delivery.EACH)


FEW = 800
"""Subscriptions of which the keys are simply read; of more, every so-manieth."""
LAST: Composed[int] = Composed(
    lambda mailing_list: _latest(mailing_list).values_list("pk", flat=True)[:1]
)
EACH: Composed[tuple[int, int]] = Composed(
    lambda mailing_list: (
        for_each(mailing_list)
        .order_by("pk")
        .values_list("pk", Subquery(_latest(mailing_list).values("pk")[:1]))[: FEW + 1]
    )
)
"""The keys, and beside each of them what LAST says: one question for both."""


def _latest(mailing_list: Any) -> QuerySet[Subscription]:
    """Return the open subscriptions, whatever is delivered to them, the latest first."""
    return Subscription.objects.filter(mailing_list=mailing_list, until=None).order_by("-pk")


def ends_of(subscriptions: QuerySet[Subscription], size: int) -> list[int]:
    """Return the key of every `size`-th subscription, in the order of keys."""
    numbered = subscriptions.annotate(place=Window(RowNumber(), order_by="id"))
    every = numbered.annotate(rest=Mod(F("place"), size)).filter(rest=0)
    return list(every.order_by("id").values_list("id", flat=True))


def of_parcel(
    relay: Relay, parcel: Parcel, *, addressed: frozenset[str], author: str, at: datetime
) -> list[Recipient]:
    """
    Return who of a parcel's stretch still waits for a copy, in the order of keys.

    `addressed` are the addresses that the post names as its own recipients, `author` the address
    that wrote it. Who left, muted the thread or lost their mail since gets none; who follows the
    thread gets one whatever delivery they chose.
    """
    done = {int(number) for number in parcel.done.split(",") if number}
    rows = _of_post(relay, parcel) if relay.issue is None else _of_issue(relay.issue, parcel)
    return [
        Recipient(number, address)
        for number, address, skips, gets_own in rows
        if number not in done
        and not (skips and address in addressed and address != author)
        and not (address == author and not gets_own)
    ]


def _of_issue(issue: Issue, parcel: Parcel) -> Iterable[Row]:
    """Read whom a digest is for; a copy that was put off is a parcel without keys."""
    wanted = delivered(issue.mailing_list_id)
    if parcel.keys:
        wanted = wanted.filter(pk__in=[int(key) for key in parcel.keys.split(",")])
    else:
        wanted = wanted.filter(pk__gte=parcel.first, pk__lte=parcel.last)
    return wanted.order_by("id").values_list(*COLUMNS)


def _of_post(relay: Relay, parcel: Parcel) -> Iterable[Row]:
    message = relay.message
    if message is None:
        raise ValueError("A relay is of a post or of a digest.")
    return READERS(
        mailing_list=message.mailing_list_id, thread=message.thread_id, at=relay.at,
        first=parcel.first, last=parcel.last,
    )  # fmt: skip


def _readers(mailing_list: int, thread: int, at: datetime, first: int, last: int) -> Any:
    watches = Watch.objects.filter(subscription=OuterRef("pk"), thread=thread)
    follows = Exists(watches.filter(interest=Interest.FOLLOW))
    mutes = Exists(watches.filter(interest=Interest.MUTE))
    wanted = delivered(mailing_list).filter(id__gte=first, id__lte=last, since__lte=at)
    # Whoever changed over to digests, or back, gets what was said before in the old way.
    is_later = Q(switched_at__isnull=False, switched_at__gt=at)
    each = Q(delivery=Delivery.EACH) & ~is_later | Q(delivery__in=DIGESTS) & is_later
    wanted = wanted.filter(each & ~mutes | follows)
    return wanted.order_by("id").values_list(*COLUMNS)


READERS: Composed[Row] = Composed(_readers)
