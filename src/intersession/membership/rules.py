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
    """Tell the counts in the order of the choices; nobody there is 0, a few is not counted out."""
    told = []
    for value in order:
        count = counts.get(value, 0)
        told.append(Share(value, count if count == 0 or count >= FLOOR else None))
    return told
