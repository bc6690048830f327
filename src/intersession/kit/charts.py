"""Drawn time: numbers for the rectangles of an SVG. No style, no words, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

type State = Literal["past", "open", "next", "late"]

MONTHS = 3
"""How many months the common time scale of the home page shows."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval: `done` is the part that is gone, from 0 to 100; `state` is its CSS class."""

    done: float
    state: State


def bar(since: datetime, until: datetime, at: datetime, *, is_owed: bool = False) -> Bar:
    """
    Draw an interval as it stands at a moment. It is half-open: at `until` it is over.

    Over is `past`, or `late` where somebody still owes what was due (`is_owed`).
    """
    if at < since:
        return Bar(0.0, "next")
    if at >= until:
        return Bar(100.0, "late" if is_owed else "past")
    return Bar(round((at - since) / (until - since) * 100, 1), "open")


@dataclass(frozen=True, slots=True)
class Piece:
    """One rectangle on a scale; `kind` is its CSS class: e gone, p past, n next, or left."""

    x: float
    width: float
    kind: Literal["e", "", "n", "p"]


@dataclass(frozen=True, slots=True)
class Scale:
    """A row of whole months from the first of the month of `at`, each 100 wide, in UTC."""

    at: datetime
    months: int = MONTHS

    @property
    def width(self) -> int:
        """Return the width of the whole scale."""
        return self.months * 100

    def position(self, moment: datetime) -> float:
        """Return where a moment lies; before the scale is 0, after it the full width."""
        moment, first = moment.astimezone(UTC), self.at.astimezone(UTC)
        whole = (moment.year - first.year) * 12 + moment.month - first.month
        begin = _month(moment)
        share = (moment - begin) / (_month(begin + timedelta(days=32)) - begin)
        return round(min(max((whole + share) * 100, 0), self.width), 1)

    def pieces(self, since: datetime, until: datetime) -> list[Piece]:
        """Draw an interval on the scale: what is gone, then what is left; nothing of no width."""
        start, now, end = map(self.position, (since, self.at, until))
        if self.at < since:
            drawn = [Piece(start, round(end - start, 1), "n")]
        elif self.at >= until:
            drawn = [Piece(start, round(end - start, 1), "p")]
        else:
            gone = Piece(start, round(now - start, 1), "e")
            drawn = [gone, Piece(now, round(end - now, 1), "")]
        return [piece for piece in drawn if piece.width > 0]

    def firsts(self) -> list[datetime]:
        """Return the first day of each month, for the labels."""
        begin = _month(self.at.astimezone(UTC))
        days = [begin]
        for _ in range(self.months - 1):
            days.append(_month(days[-1] + timedelta(days=32)))
        return days


WIDE, HIGH, AIR = 66, 20, 1
"""The drawing of a sparkline, and what is left free above the highest and below the lowest."""


def spark(counts: Sequence[int]) -> str:
    """Draw counts as the path of a sparkline, the oldest first; the highest touches the top."""
    most, step = max(counts, default=0) or 1, WIDE / max(1, len(counts) - 1)
    points = [
        f"{n * step:.4g} {HIGH - AIR - count * (HIGH - 2 * AIR) / most:.3g}"
        for n, count in enumerate(counts)
    ]
    return "M" + "L".join(points) if points else ""


def _month(moment: datetime) -> datetime:
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
