"""The days and weeks of digests in a reader's zone, half-open: no post is in two or in none."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class Period(StrEnum):
    """How often a digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"


SETTLES = timedelta(minutes=5)
"""A post taken in at a window's last second may be committed after it; by then it is there."""

_DAYS = {Period.DAILY: 1, Period.WEEKLY: 7}


def window(period: Period, zone: tzinfo, at: datetime) -> tuple[datetime, datetime]:
    """
    Return the window a moment lies in, in UTC: since is in, until is out.

    A day begins at midnight in the zone, or when the clock jumps over it; a week on Monday
    (ISO 8601). Days on which the clock changes have 23 or 25 hours, or what the zone made of them.
    """
    days = timedelta(days=_DAYS[period])
    first = at.astimezone(zone).date()
    if period is Period.WEEKLY:
        first -= timedelta(days=first.weekday())
    since, until = _begin(first, zone), _begin(first + days, zone)
    # Where a clock is set back over midnight, an hour of the old day follows the new day's begin.
    while at >= until:
        first += days
        since, until = until, _begin(first + days, zone)
    return since, until


def _begin(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def closed(period: Period, zone: tzinfo, at: datetime) -> tuple[datetime, datetime]:
    """Return the last window that is over at a moment."""
    until, _ = window(period, zone, at)
    return window(period, zone, until - timedelta(microseconds=1))


def due(
    period: Period, zone: tzinfo, done_until: datetime | None, at: datetime
) -> tuple[datetime, datetime] | None:
    """
    Return what the next digest covers, None while it is not its time.

    It begins where the last one ended, so that neither a stopped worker nor a reader who moves or
    changes the period loses a post or gets one twice.
    """
    since, until = closed(period, zone, at - SETTLES)
    if done_until is None:
        return since, until
    return (done_until, until) if done_until < until else None
