"""Who gets a copy: asked for a stretch of a list's subscriptions at a time, never for all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Mod, RowNumber

from intersession.kit.composed import Composed
from intersession.lists.models import Issue, MailingList, Parcel, Relay, Subscription, Watch
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
EACH: Composed[int] = Composed(
    lambda mailing_list: (
        for_each(mailing_list).order_by("pk").values_list("pk", flat=True)[: FEW + 1]
    )
)


def for_issue(issue: Issue) -> QuerySet[Subscription]:
    """Return the subscriptions that get a digest: its period, form, language and time zone."""
    return delivered(issue.mailing_list).filter(
        delivery=issue.period, style=issue.style, zone=issue.zone, language=issue.language
    )


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
    wanted = for_issue(issue).filter(
        since__lt=issue.until, id__gte=parcel.first, id__lte=parcel.last
    )
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
    wanted = wanted.filter(Q(delivery=Delivery.EACH) & ~mutes | follows)
    return wanted.order_by("id").values_list(*COLUMNS)


READERS: Composed[Row] = Composed(_readers)
