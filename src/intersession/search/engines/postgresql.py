"""
PostgreSQL: a `tsvector` of our own terms in a side table, with a GIN index.

GIN knows no order: for a word that thousands of documents hold it would gather them all before
the newest twenty are taken. So a small count decides: rare answers come from GIN and are sorted,
common ones are met by walking the primary key, which is made from the moment, backwards.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from os import register_at_fork
from secrets import randbits
from threading import Lock
from typing import Any

from django.db import connection

from intersession.kit.prepared import each
from intersession.search.engines import Row, Wanted
from intersession.search.rules import Part, Terms

ROOM = 25
"""Bits below the second in a number, so that two writers do not choose the same."""
MANY = 50
"""Of so many at once, as archives are taken in, it is looked whether their numbers are free."""
COMMON = 5_000
LAST_PLACE = 16_383
"""Places in a tsvector end here (PostgreSQL, limitations of text search)."""
LARGEST = 900_000
"""Bytes of a tsvector that we fill; PostgreSQL takes 1 MB."""
WEIGHTS = [0.1, 0.05, 0.4, 1.0]
"""Of body (D), stems (C), person (B) and title (A), when the best match is asked for."""


class Tails:
    """
    The tails that this process gives: one after the other, from a place that chance has chosen.

    So a process meets its own numbers never, however many documents have one date, and those of
    another as rarely as two runs among 16 million numbers overlap. A fork begins at its own place.
    """

    def __init__(self) -> None:
        self.begin()
        register_at_fork(after_in_child=self.begin)

    def begin(self) -> None:
        """Choose the place anew."""
        self._lock = Lock()
        self._next = randbits(ROOM - 1)

    def take(self, count: int) -> int:
        """Return the first of so many tails in a row."""
        with self._lock:
            first = self._next
            self._next = (first + count) % (1 << ROOM - 1)
        return first


TAILS = Tails()


def _fetch(sql: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _placed(terms: Terms) -> Iterator[tuple[str, int, str]]:
    """Give each term its place and weight; a gap keeps phrases inside one field."""
    place = 0
    for text, weight in ((terms.title, "A"), (terms.person, "B"), (terms.body, "")):
        place += 2
        for term in text.split():
            place += 1
            yield term, min(place, LAST_PLACE), weight
    for term in terms.stems.split():
        yield term, LAST_PLACE, "C"


def vector(terms: Terms, marks: str) -> str:
    """Write a tsvector. Terms hold letters, digits and `_` only, so that nothing needs escaping."""
    places: dict[str, list[str]] = {mark: [] for mark in marks.split()}
    room = LARGEST
    for term, place, weight in _placed(terms):
        room -= 2 if term in places else 6 + len(term.encode())
        if room < 0:
            break
        places.setdefault(term, []).append(f"{place}{weight}")
    return " ".join(
        f"'{term}':{','.join(at)}" if at else f"'{term}'" for term, at in places.items()
    )


def _part(part: Part) -> str:
    if len(part.terms) > 1 or part.is_start:
        words = [f"'{term}':ABD" for term in part.terms]
        if part.is_start:
            words[-1] = f"'{part.terms[-1]}':*ABD"
        return f"({' <-> '.join(words)})"
    ways = [f"'{part.terms[0]}'"]
    for stem, languages in part.stems:
        spoken = " | ".join(f"'_s{language}'" for language in languages)
        ways.append(f"('{stem}' & ({spoken}))" if spoken else f"'{stem}'")
    return f"({' | '.join(ways)})"


def expression(wanted: Wanted) -> str:
    """Write what is wanted as a tsquery."""
    parts = [_part(part) for part in wanted.question.parts]
    parts += [f"'{mark}'" for mark in wanted.marks]
    parts += [f"'{term}':B" for term in wanted.person]
    return " & ".join(parts)


def _range(wanted: Wanted) -> tuple[str, list[Any]]:
    sql, values = "", []
    if wanted.first:
        sql, values = " AND number >= %s", [wanted.first]
    if wanted.end is not None:
        sql, values = sql + " AND number < %s", [*values, wanted.end]
    return sql, values


class PostgreSQL:
    """The engine of PostgreSQL."""

    def allocate(self, moments: Sequence[datetime]) -> list[int]:
        """Return the second of each moment, with a tail that nobody else has."""
        while True:
            tail = TAILS.take(len(moments))
            numbers = [self.first_number(moment) + tail + n for n, moment in enumerate(moments)]
            if len(numbers) < MANY or not self._is_any(numbers):
                return numbers

    def _is_any(self, numbers: Sequence[int]) -> bool:
        return bool(_fetch("SELECT 1 FROM search_item WHERE id = ANY(%s) LIMIT 1", [numbers]))

    def first_number(self, moment: datetime) -> int:
        """Return the first number of the second of a moment."""
        return max(1, int(moment.timestamp())) << ROOM

    def add(self, rows: Sequence[Row]) -> None:
        """Put rows in."""
        sql = "INSERT INTO search_words(number, terms) VALUES (%s, %s::tsvector)"
        each(sql, [(r.number, vector(r.terms, r.marks)) for r in rows])

    def drop(self, rows: Sequence[Row]) -> None:
        """Take rows out."""
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_words WHERE number = ANY(%s)", [[row.number for row in rows]]
            )

    def clear(self) -> None:
        """Take everything out."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_words")

    def newest(self, wanted: Wanted, limit: int) -> list[int]:
        """Sort what GIN finds while that is little; else walk the numbers backwards."""
        inside, values = _range(wanted)
        if self.count(wanted, COMMON + 1) <= COMMON:
            match, order = "terms @@ %s::tsquery", "number + 0"  # the sum keeps it off the key
        else:
            match, order = "ts_match_vq(terms, %s::tsquery)", "number"  # which GIN cannot answer
        return _fetch(
            f"SELECT number FROM search_words WHERE {match}{inside} ORDER BY {order} DESC LIMIT %s",  # noqa: S608 (words of ours)
            [expression(wanted), *values, limit],
        )

    def count(self, wanted: Wanted, limit: int) -> int:
        """Count, up to a limit."""
        inside, values = _range(wanted)
        return _fetch(
            "SELECT count(*) FROM (SELECT 1 FROM search_words"  # noqa: S608 (words of ours)
            f" WHERE terms @@ %s::tsquery{inside} LIMIT %s) AS found",
            [expression(wanted), *values, limit],
        )[0]

    def ranked(self, wanted: Wanted, candidates: Sequence[int]) -> list[int]:
        """Sort by `ts_rank` with our weights, shorter documents first among likes."""
        return _fetch(
            "SELECT number FROM search_words WHERE number = ANY(%s)"
            " ORDER BY ts_rank(%s::real[], terms, %s::tsquery, 1) DESC, number DESC",
            [list(candidates), WEIGHTS, expression(wanted)],
        )
