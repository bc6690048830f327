"""The clock of a call, which everyone can see."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from intersession.kit.charts import Piece

DAY = timedelta(days=1)


def closing(at: datetime, days: int) -> datetime:
    """Return the last minute (23:59 UTC) of the first day that leaves `days` full days."""
    full = at.astimezone(UTC) + timedelta(days=days)
    end = datetime.combine(full.date(), time(23, 59), tzinfo=UTC)
    return end if end >= full else end + DAY


def is_open(at: datetime, closes_at: datetime) -> bool:
    """Test whether a position may still be taken: until the closing moment, which is out."""
    return at < closes_at


def pieces(rounds: Sequence[tuple[datetime, datetime]], at: datetime) -> tuple[Piece, ...]:
    """
    Draw rounds, each (since, until), on one scale from the first to the last moment, 100 wide.

    The last is the running one: what is gone, what is left; the others are past.
    """
    first, last = rounds[0][0], rounds[-1][1]

    def x(moment: datetime) -> float:
        return round(100 * (min(max(moment, first), last) - first) / (last - first), 1)

    drawn = [Piece(x(since), round(x(until) - x(since), 1), "p") for since, until in rounds[:-1]]
    since, until = rounds[-1]
    if at >= until:
        drawn.append(Piece(x(since), round(x(until) - x(since), 1), "p"))
    else:
        drawn.append(Piece(x(since), round(x(at) - x(since), 1), "e"))
        drawn.append(Piece(x(at), round(x(until) - x(at), 1), ""))
    return tuple(piece for piece in drawn if piece.width > 0)
