"""How long lists on the page of a call are cut, so that no part grows without bound."""

from collections.abc import Sequence

OBJECTIONS = 5
"""Objections are numbered without gaps, so that a number names its part."""
POSITIONS = 20
WORDS = 12_000
"""Characters of reasons in one part of the positions, unless a single one has more."""


def part_of(number: int) -> int:
    """Return the part, from 1, that shows the objection of this number."""
    return (number - 1) // OBJECTIONS + 1


def numbers_of(part: int) -> tuple[int, int]:
    """Return the first and the last number of a part."""
    return (part - 1) * OBJECTIONS + 1, part * OBJECTIONS


def fitting(lengths: Sequence[int]) -> int:
    """Count how many of these fit into one part of the positions: at least one, if there is one."""
    total = 0
    for count, length in enumerate(lengths[:POSITIONS]):
        total += length
        if total > WORDS and count:
            return count
    return min(len(lengths), POSITIONS)
