"""What digests owe: to whom, which window, and the posts in it, by when they were taken in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from intersession.lists.models import Issue, MailingList, Message, Subscription
from intersession.lists.rules.digesting import Period, due
from intersession.lists.rules.digesting.windows import SETTLES
from intersession.lists.rules.wishes import DIGESTS
from intersession.lists.states import Delivery

LAST = "last"
"""The period of the last digest of who gets each message from then on."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A digest that is due: for whom, and until when; it begins where the last one ended."""

    mailing_list: int
    period: str
    style: str
    zone: str
    language: str
    until: datetime


def _readers() -> QuerySet[Any, Any]:
    found = Subscription.objects.filter(until=None, stopped_at=None)
    return found.annotate(start=Coalesce("digested_until", "since"))


def owed(*, at: datetime) -> list[Owed]:
    """Return the digests that are due, each kind and end once."""
    kinds = ("mailing_list", "delivery", "style", "zone", "language", "start")
    rows = _readers().filter(delivery__in=DIGESTS).values_list(*kinds).distinct()
    return list(dict.fromkeys([*_due(rows, at), *_last(at)]))


def _due(rows: QuerySet[Any, Any], at: datetime) -> Iterator[Owed]:
    for mailing_list, period, style, zone, language, start in rows:
        if window := due(Period(period), zone_of(zone), start, at):
            yield Owed(mailing_list, period, style, zone, language, window[1])


def _last(at: datetime) -> Iterator[Owed]:
    """Yield what is owed to readers who get each message since they changed over."""
    found = _readers().filter(
        delivery=Delivery.EACH, digested_until__isnull=False, switched_at__lte=at - SETTLES
    )
    kinds = ("mailing_list", "style", "zone", "language", "switched_at")
    for mailing_list, style, zone, language, until in found.values_list(*kinds).distinct():
        yield Owed(mailing_list, LAST, style, zone, language, until)


def readers_of(one: Owed) -> QuerySet[Any, Any]:
    """Return whom a digest that is due is for, with the moment up to which they have all."""
    found = _readers().filter(
        mailing_list=one.mailing_list, style=one.style, zone=one.zone, language=one.language
    )
    if one.period == LAST:
        found = found.filter(delivery=Delivery.EACH, digested_until__isnull=False)
        return found.filter(switched_at=one.until).order_by("pk")
    return found.filter(delivery=one.period, start__lt=one.until).order_by("pk")


def taken_in(mailing_list: int, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    """Return the posts that went on their way in a window, in that order."""
    found = Message.objects.filter(
        mailing_list=mailing_list, relay__at__gte=since, relay__at__lt=until
    )
    return found.annotate(taken=F("relay__at")).order_by("taken", "number")


def posts_of(issue: Issue) -> list[Message]:
    """Return the posts of a digest."""
    found = taken_in(issue.mailing_list_id, issue.since, issue.until)
    return list(found.select_related("mailing_list"))


def next_number(mailing_list: MailingList) -> int:
    """Return the number of a list's next digest."""
    last = Issue.objects.filter(mailing_list=mailing_list).order_by("-number").first()
    return last.number + 1 if last else 1


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by name; UTC for one that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
