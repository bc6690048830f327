"""
Questions to the database whose SQL is composed once and asked with other values.

Composing SQL from models takes some twenty times as long as SQLite takes to answer, and a page asks
the same questions whenever it is read. Only the text of the SQL is kept, never an answer.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from inspect import signature
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from intersession.kit.prepared import prepared


class Given(Expression):
    """A value that is given when the question is asked; never null, which no `=` would find."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Stand among the parameters until a value takes the place."""
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class _Kept[Row]:
    """What is kept of a question: its SQL, what stands where in it, and how its rows are read."""

    rows: QuerySet[Any, Row]
    compiler: SQLCompiler
    sql: str
    places: tuple[Any, ...]
    converters: Any

    def read(self, found: Sequence[tuple[Any, ...]], connection: Any) -> list[Row]:
        """Make of rows of the database what the query makes of them."""
        mine: Any = copy(self.compiler)  # another thread's connection is not ours
        mine.connection = connection
        mine.execute_sql = lambda *_args, **_options: [found]
        mine.get_converters = lambda _expressions: self.converters
        asked: Any = self.rows.all()
        asked.query.get_compiler = lambda *_args, **_options: mine
        return list(asked)


class Composed[Row]:
    """
    A question made by a function of the values that change.

    The function must make the same query for every value, so it must not look at them; they reach
    it as `Given`. Ask with the values by name: models by their key.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Row]]) -> None:
        self._compose = compose
        self._names = frozenset(signature(compose).parameters)
        self._kept: dict[str, _Kept[Row]] = {}

    def __call__(self, **given: Any) -> list[Row]:
        """Return the rows. Raises TypeError unless exactly the function's values are given."""
        if self._names != given.keys():
            raise TypeError(f"This question takes {sorted(self._names)}, not {sorted(given)}.")
        kept = self._composed()
        connection = connections[kept.rows.db]
        values = {name: _adapted(value, connection) for name, value in given.items()}
        filled = [values[one.name] if isinstance(one, Given) else one for one in kept.places]
        with prepared(kept.rows.db) as cursor:
            cursor.execute(kept.sql, filled)
            found = cursor.fetchall()
        return kept.read(found, connection) if found else []

    def _composed(self) -> _Kept[Row]:
        kept = self._kept.get(DEFAULT_DB_ALIAS)
        if kept is None:
            rows = self._compose(**{name: Given(name) for name in self._names})
            compiler = rows.query.get_compiler(using=rows.db)
            sql, places = cast("tuple[str, tuple[Any, ...]]", compiler.as_sql())
            converters = compiler.get_converters([one[0] for one in compiler.select])
            kept = self._kept[rows.db] = _Kept(rows, compiler, sql, tuple(places), converters)
        return kept


def _adapted(value: Any, connection: Any) -> Any:
    """Give a moment the form in which the database compares it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
