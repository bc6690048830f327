"""
Full text of the two databases behind one interface; which of them, the connection says.

Both are fed by our own analyser (`rules`), so both give the same hits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import connection

from intersession.search.rules import Question, Terms


@dataclass(frozen=True, slots=True)
class Row:
    """A document's terms under its number, with the marks that a search can be narrowed by."""

    number: int
    terms: Terms
    marks: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. `person` are terms that the name must hold; numbers half-open."""

    question: Question
    marks: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    first: int = 0
    end: int | None = None


class Engine(Protocol):
    """What a database's full text does for us."""

    def allocate(self, moments: Sequence[datetime]) -> list[int]:
        """Return a free number for each moment (in rising order); later moments, larger numbers."""

    def first_number(self, moment: datetime) -> int:
        """Return the first number that a document of this moment could have."""

    def add(self, rows: Sequence[Row]) -> None:
        """Put rows in, by rising number."""

    def drop(self, rows: Sequence[Row]) -> None:
        """Take rows out; they must be as they were put in."""

    def clear(self) -> None:
        """Take everything out."""

    def newest(self, wanted: Wanted, limit: int) -> list[int]:
        """Return the numbers of the newest that answer."""

    def count(self, wanted: Wanted, limit: int) -> int:
        """Count those that answer, up to a limit."""

    def ranked(self, wanted: Wanted, candidates: Sequence[int]) -> list[int]:
        """Sort candidates, which all answer: best first, newer first among equals."""


def engine() -> Engine:
    """Return the engine of the database in use."""
    if connection.vendor == "postgresql":
        from intersession.search.engines.postgresql import PostgreSQL  # noqa: PLC0415 (one of two)

        return PostgreSQL()
    from intersession.search.engines.sqlite import SQLite  # noqa: PLC0415 (one of two)

    return SQLite()
