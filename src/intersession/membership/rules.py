"""What may be told of a roll: numbers, and no group so small that it names somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FLOOR = 5
"""Groups smaller than this are not counted out (seed 004, II.1; the design's words)."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a roll described themselves so; `count` None is fewer than the floor."""

    value: str
    count: int | None


def shares(counts: Mapping[str, int], order: Sequence[str]) -> list[Share]:
    """
    Tell the counts in the order of the choices; nobody there is 0, a few is not counted out.

    The whole is told too, so a single hidden count (with those who say nothing about themselves)
    could be worked out; where only one would be hidden, the next smallest is hidden with it.
    """
    small = {value for value, count in counts.items() if 0 < count < FLOOR}
    if len(small) == 1:
        others = [(count, value) for value, count in counts.items() if count >= FLOOR]
        small |= {min(others)[1]} if others else set()
    return [Share(value, None if value in small else counts.get(value, 0)) for value in order]
