"""What an operator asks of the mail engine: in sets, so that a long queue costs no longer look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum

from intersession.lists.models import Arrival, Held, MailingList, Message, Parcel, Relay, Tally
from intersession.lists.states import HeldState, Outcome, RelayState, Tallied

POSTS = [Outcome.ARCHIVED, Outcome.HELD, Outcome.CONFIRM, Outcome.DROPPED, Outcome.UNREADABLE]
"""What becomes of a post; the rest are commands, bounces and mail to offices."""
SHOWN = 10
"""Relays that are named one by one, those with the most copies first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a relay still has to send: copies, parcels, and when the first of them was due."""

    relay: int
    name: str
    subject: str
    state: str
    since: datetime
    copies: int
    parcels: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """All that waits: copies, how many are in a worker's hand, and the relays with the most."""

    copies: int
    parcels: int
    in_hand: int
    paused: int
    due_at: datetime | None
    relays: tuple[Waiting, ...]


def queue() -> Queue:
    """Count what has not left. What is paused has no due time and is counted apart."""
    sums = _sums()
    paused = set(Relay.objects.filter(state=RelayState.PAUSED).values_list("pk", flat=True))
    moving = [one for relay, one in sums.items() if relay not in paused]
    most = sorted(sums, key=lambda relay: -sums[relay].copies)[:SHOWN]
    relays = Relay.objects.select_related("message__mailing_list", "issue__mailing_list")
    named = relays.in_bulk(most)
    return Queue(
        copies=sum(one.copies for one in moving),
        parcels=sum(one.parcels for one in moving),
        in_hand=sum(one.in_hand for one in moving),
        paused=sum(sums[relay].copies for relay in paused if relay in sums),
        due_at=min((one.due_at for one in moving), default=None),
        relays=tuple(_waiting(named[relay], sums[relay]) for relay in most),
    )


class _Sum(NamedTuple):
    copies: int
    parcels: int
    in_hand: int
    due_at: datetime


def _sums() -> dict[int, _Sum]:
    """Sum the open parcels by relay: those that wait by an index that holds all that is asked."""
    sums: dict[int, _Sum] = {}
    opened = Parcel.objects.filter(done_at=None).order_by()
    for held, parcels in ((False, opened.filter(worker="")), (True, opened.exclude(worker=""))):
        rows = parcels.values_list("relay").annotate(
            copies=Sum("left"), count=Count("*"), due=Min("due_at")
        )
        for relay, copies, count, due_at in rows:
            before = sums.get(relay, _Sum(0, 0, 0, due_at))
            sums[relay] = _Sum(
                before.copies + copies, before.parcels + count,
                before.in_hand + (copies if held else 0), min(before.due_at, due_at),
            )  # fmt: skip
    return sums


def _waiting(relay: Relay, told: _Sum) -> Waiting:
    return Waiting(
        relay.pk, name_of(relay), subject_of(relay), relay.state, relay.at, told.copies,
        told.parcels, told.due_at,
    )  # fmt: skip


def name_of(relay: Relay) -> str:
    """Return the name of the list that a relay is of."""
    of = relay.message or relay.issue
    return of.mailing_list.name if of else ""


def subject_of(relay: Relay) -> str:
    """Return what a relay is: the subject of a post, or which digest."""
    return relay.message.subject if relay.message else str(relay.issue or "")


@dataclass(frozen=True, slots=True)
class Last:
    """When a list last heard something, archived something, and had sent it to everybody."""

    name: str
    address: str
    arrived_at: datetime | None
    outcome: str
    archived_at: datetime | None
    newest_post: datetime | None
    sent_at: datetime | None
    state: str


def last_posts() -> list[Last]:
    """Return for each open list the last that arrived, was archived, and was sent out."""
    mine = Arrival.objects.filter(mailing_list=OuterRef("pk"), outcome__in=POSTS).order_by("-at")
    archived = mine.filter(message__isnull=False)
    newest = Message.objects.filter(mailing_list=OuterRef("pk")).order_by("-at", "-pk")
    lists = MailingList.objects.filter(closed_at=None).annotate(
        arrived=Subquery(mine.values("at")[:1]),
        became=Subquery(mine.values("outcome")[:1]),
        archived=Subquery(archived.values("at")[:1]),
        newest=Subquery(newest.values("at")[:1]),
        relayed=Subquery(archived.values("message__relay__sent_at")[:1]),
        state=Subquery(archived.values("message__relay__state")[:1]),
    )
    return [
        Last(one.name, one.address, one.arrived, one.became or "", one.archived, one.newest,
             one.relayed, one.state or "")
        for one in lists
    ]  # fmt: skip


def stuck(*, before: datetime) -> QuerySet[Relay]:
    """
    Return relays under way whose copies have been due since before a moment, and are not gone.

    Copies that a mail server asked to bring again later are due then, and a paused relay never.
    """
    overdue = Parcel.objects.filter(done_at=None, due_at__lt=before).order_by()
    waiting = overdue.filter(worker="").values("relay").distinct()
    held = overdue.exclude(worker="").values("relay").distinct()
    open_ones = Parcel.objects.filter(relay=OuterRef("pk"), done_at=None).values("pk")[:1]
    return (
        Relay.objects.filter(state=RelayState.SENDING, at__lt=before)
        .annotate(open_one=Subquery(open_ones))
        .filter(Q(pk__in=waiting) | Q(pk__in=held) | Q(open_one=None))
        .select_related("message__mailing_list", "issue__mailing_list")
        .order_by("at", "pk")
    )


def never_relayed(*, since: datetime, before: datetime) -> QuerySet[Message]:
    """Return posts that were archived and never set on their way; mirrors relay nothing."""
    own = MailingList.objects.filter(closed_at=None, mirrors="").values_list("pk", flat=True)
    arrivals = Arrival.objects.filter(
        mailing_list__in=list(own), at__gte=since, at__lt=before, outcome=Outcome.ARCHIVED,
        message__run=None, message__relay=None, message__isnull=False,
    )  # fmt: skip
    return Message.objects.filter(pk__in=arrivals.values("message")).select_related("mailing_list")


@dataclass(frozen=True, slots=True)
class HeldOn:
    """How many posts wait on a list, in one state, and since when the oldest does."""

    name: str
    state: str
    count: int
    oldest_at: datetime


def held() -> Sequence[HeldOn]:
    """Return how many posts wait on each list, the longest waiting first."""
    waiting = Held.objects.filter(state__in=[HeldState.WAITING, HeldState.HELD])
    rows = (
        waiting.values("state", on=F("mailing_list__name"))
        .annotate(count=Count("pk"), oldest_at=Min("at"))
        .order_by("oldest_at")
    )
    return [HeldOn(row["on"], row["state"], row["count"], row["oldest_at"]) for row in rows]


@dataclass(frozen=True, slots=True)
class Unread:
    """What nobody could read: posts, which are kept as they came, and reports, only counted."""

    posts: int
    newest_at: datetime | None
    reports: int


def unread(*, since: datetime) -> Unread:
    """Count the mail that could not be read since a moment, of reports since that day."""
    lists = list(MailingList.objects.order_by().values_list("pk", flat=True))
    posts = Arrival.objects.filter(
        mailing_list__in=lists, at__gte=since, outcome=Outcome.UNREADABLE
    ).aggregate(count=Count("pk"), newest=Max("at"))
    reports = Tally.objects.filter(what=Tallied.UNREAD, on__gte=since.date())
    counted = reports.aggregate(count=Sum("count"))["count"]
    return Unread(posts["count"], posts["newest"], counted or 0)
