"""
SQLite FTS5, without a copy of the text (`content=''`).

The number of a document is the second of its moment, or the next free one: the rows lie in the
order of time, so that newest first stops as soon as a page is full, however common the word, and
a range of dates is a range of rows. Kind, coalition and language are terms too, and narrow the
search inside the index.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from intersession.kit.prepared import each
from intersession.search.engines import Row, Wanted
from intersession.search.rules import Part

INSERT = (
    "INSERT INTO search_words(rowid, title, body, person, stems, marks) VALUES(%s,%s,%s,%s,%s,%s)"
)
DELETE = (
    "INSERT INTO search_words(search_words, rowid, title, body, person, stems, marks)"
    " VALUES('delete',%s,%s,%s,%s,%s,%s)"
)
SPOKEN = "{title body person}"
WEIGHTS = "8.0, 1.0, 3.0, 0.5, 0.0"
"""Of title, body, person, stems, marks, when the best match is asked for."""


def _values(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    return [
        (row.number, row.terms.title, row.terms.body, row.terms.person, row.terms.stems, row.marks)
        for row in rows
    ]


def _fetch(sql: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _part(part: Part) -> str:
    if len(part.terms) > 1 or part.is_start:
        return f'{SPOKEN} : "{" ".join(part.terms)}"{" *" if part.is_start else ""}'
    ways = [f'"{part.terms[0]}"']
    for stem, languages in part.stems:
        spoken = " OR ".join(f'"_s{language}"' for language in languages)
        ways.append(f'("{stem}" AND ({spoken}))' if spoken else f'"{stem}"')
    return f"({' OR '.join(ways)})"


def expression(wanted: Wanted) -> str:
    """Write what is wanted in FTS5's language. Terms hold letters, digits and `_` only."""
    parts = [_part(part) for part in wanted.question.parts]
    parts += [f'marks : "{mark}"' for mark in wanted.marks]
    parts += [f'person : "{term}"' for term in wanted.person]
    return " AND ".join(parts)


class SQLite:
    """The engine of SQLite."""

    def allocate(self, moments: Sequence[datetime]) -> list[int]:
        """Return the second of each moment, or the next that is free."""
        wished = [self.first_number(moment) for moment in moments]
        taken = self._taken(wished)
        last, numbers = 0, []
        for wish in wished:
            number = max(wish, last + 1)
            if number in taken or (number != wish and self._taken([number])):
                number = self._next_free(number)
            numbers.append(number)
            last = number
        return numbers

    def first_number(self, moment: datetime) -> int:
        """Return the second since 1970; earlier moments share the first."""
        return max(1, int(moment.timestamp()))

    def _taken(self, numbers: Sequence[int]) -> set[int]:
        found: set[int] = set()
        for start in range(0, len(numbers), 500):
            some = numbers[start : start + 500]
            places = ",".join(["%s"] * len(some))
            found |= set(_fetch(f"SELECT id FROM search_item WHERE id IN ({places})", some))  # noqa: S608 (words of ours)
        return found

    def _next_free(self, number: int) -> int:
        """Return the first number after a run of taken ones."""
        return _fetch(
            "SELECT id + 1 FROM search_item AS one WHERE id >= %s AND NOT EXISTS"
            " (SELECT 1 FROM search_item AS two WHERE two.id = one.id + 1) ORDER BY id LIMIT 1",
            [number],
        )[0]

    def add(self, rows: Sequence[Row]) -> None:
        """Put rows in."""
        each(INSERT, _values(rows))

    def drop(self, rows: Sequence[Row]) -> None:
        """Take rows out. FTS5 has no copy of the text: it must be told the terms again."""
        with connection.cursor() as cursor:
            cursor.executemany(DELETE, _values(rows))

    def clear(self) -> None:
        """Take everything out."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words(search_words) VALUES('delete-all')")

    def _where(self, wanted: Wanted) -> tuple[str, list[Any]]:
        sql = "search_words MATCH %s"
        values: list[Any] = [expression(wanted)]
        if wanted.first:
            sql, values = sql + " AND rowid >= %s", [*values, wanted.first]
        if wanted.end is not None:
            sql, values = sql + " AND rowid < %s", [*values, wanted.end]
        return sql, values

    def newest(self, wanted: Wanted, limit: int) -> list[int]:
        """Walk the rows backwards until the page is full."""
        where, values = self._where(wanted)
        return _fetch(
            f"SELECT rowid FROM search_words WHERE {where} ORDER BY rowid DESC LIMIT %s",  # noqa: S608 (words of ours)
            [*values, limit],
        )

    def count(self, wanted: Wanted, limit: int) -> int:
        """Count, up to a limit."""
        where, values = self._where(wanted)
        return _fetch(
            f"SELECT count(*) FROM (SELECT 1 FROM search_words WHERE {where} LIMIT %s)",  # noqa: S608 (words of ours)
            [*values, limit],
        )[0]

    def ranked(self, wanted: Wanted, candidates: Sequence[int]) -> list[int]:
        """Sort by BM25 with our weights."""
        where, values = self._where(wanted)
        sql = (
            f"SELECT rowid FROM search_words WHERE {where} AND rowid BETWEEN %s AND %s"  # noqa: S608 (words of ours)
            f" ORDER BY bm25(search_words, {WEIGHTS}), rowid DESC"
        )
        return _fetch(sql, [*values, min(candidates), max(candidates)]) if candidates else []
