"""
Statements that PostgreSQL parses and plans once a connection, and then is only given values for.

Writing the values into the text of a statement, which Django does, and reading it again take both
sides longer than the work itself. For texts that stay the same: a connection keeps a hundred.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper


def prepared(alias: str = DEFAULT_DB_ALIAS) -> CursorWrapper:
    """Return a cursor whose statements PostgreSQL prepares; of SQLite, which always does, any."""
    used: Any = connections[alias]
    if used.vendor != "postgresql":
        plain: CursorWrapper = used.cursor()
        return plain
    from django.db.backends.postgresql import base  # noqa: PLC0415 (its driver is an extra)

    used.ensure_connection()
    with used.wrap_database_errors:
        bound: Any = base.ServerBindingCursor
        made: CursorWrapper = used._prepare_cursor(bound(used.connection))  # noqa: SLF001 (as its cursor())
        return made


@contextmanager
def without_waiting() -> Iterator[None]:
    """
    Send PostgreSQL statements without waiting for the end of each; what is read is waited for.

    The trouble of a statement shows later, at the end at the latest, and is then the trouble of the
    whole transaction: no savepoint can be rolled back within.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def each(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement for each row; a lone one without the pipeline that many need."""
    with prepared() as cursor:
        if len(rows) == 1:
            cursor.execute(sql, rows[0])
        else:
            cursor.executemany(sql, rows)


def one_of(column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
    """Return a condition that a column holds one of some values, and what it is given."""
    given = [*values]
    name = connection.ops.quote_name(column)
    if connection.vendor == "postgresql":
        return f"{name} = ANY(%s)", [given]  # the same text, however many
    return f"{name} IN ({', '.join(['%s'] * len(given))})", given
