"""The clock of a call, which everyone can see."""

from datetime import UTC, datetime, time, timedelta

DAY = timedelta(days=1)


def closing(at: datetime, days: int) -> datetime:
    """Return the last minute (23:59 UTC) of the first day that leaves `days` full days."""
    full = at.astimezone(UTC) + timedelta(days=days)
    end = datetime.combine(full.date(), time(23, 59), tzinfo=UTC)
    return end if end >= full else end + DAY


def is_open(at: datetime, closes_at: datetime) -> bool:
    """Test whether a position may still be taken: until the closing moment, which is out."""
    return at < closes_at
