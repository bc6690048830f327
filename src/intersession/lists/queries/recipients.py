"""Who gets a copy: asked for a stretch of a list's subscriptions at a time, never for all."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Mod, RowNumber

from intersession.kit.composed import Composed
from intersession.lists.models import Issue, MailingList, Parcel, Relay, Subscription, Watch
from intersession.lists.states import Delivery, Interest


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
    if relay.issue is not None:
        wanted = for_issue(relay.issue).filter(since__lt=relay.issue.until)
    else:
        wanted = _of_post(relay)
    stretch = wanted.filter(id__gte=parcel.first, id__lte=parcel.last)
    done = {int(number) for number in parcel.done.split(",") if number}
    rows = stretch.order_by("id").values_list("id", "address", "skips_addressed", "gets_own")
    return [
        Recipient(number, address)
        for number, address, skips, gets_own in rows
        if number not in done
        and not (skips and address in addressed and address != author)
        and not (address == author and not gets_own)
    ]


def _of_post(relay: Relay) -> QuerySet[Subscription]:
    message = relay.message
    if message is None:
        raise ValueError("A relay is of a post or of a digest.")
    watches = Watch.objects.filter(subscription=OuterRef("pk"), thread=message.thread_id)
    follows = Exists(watches.filter(interest=Interest.FOLLOW))
    mutes = Exists(watches.filter(interest=Interest.MUTE))
    return (
        delivered(message.mailing_list)
        .filter(since__lte=relay.at)
        .filter(Q(delivery=Delivery.EACH) & ~mutes | follows)
    )
