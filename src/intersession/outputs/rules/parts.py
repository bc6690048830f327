"""Cutting a long text into parts that a page can carry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_BYTES = 40_000
"""What the paragraphs of one part may come to; a single longer one is a part of its own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph: its key, its number, and how many bytes it takes on a page."""

    key: str
    number: str
    size: int


@dataclass(frozen=True, slots=True)
class Span:
    """A part: places from `first` to `end` (half-open), its keys, first and last number."""

    first: int
    end: int
    keys: tuple[str, ...]
    start: str
    numbers: tuple[str, str]


def parts(pieces: Iterable[Piece], most: int = MOST_BYTES) -> list[Span]:
    """Cut pieces into parts of at most so many bytes, or of a single piece."""
    found: list[Span] = []
    run: list[Piece] = []
    size = first = 0
    for piece in pieces:
        if run and size + piece.size > most:
            found.append(_span(first, run))
            first, run, size = first + len(run), [], 0
        run.append(piece)
        size += piece.size
    return [*found, _span(first, run)] if run else found


def _span(first: int, run: Sequence[Piece]) -> Span:
    numbers = [piece.number for piece in run if piece.number]
    ends = (numbers[0], numbers[-1]) if numbers else ("", "")
    keys = tuple(piece.key for piece in run)
    return Span(first, first + len(run), keys, run[0].key, ends)


def part_with(spans: Sequence[Span], key: str) -> int:
    """Return the number of the part that holds a key, the first where none does."""
    return next((n for n, span in enumerate(spans, 1) if key in span.keys), 1)
