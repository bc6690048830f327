"""Rows written in sets, without a model object for each: the bulk path of the archive."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows; `columns` are names of columns (`thread_id`, not `thread`)."""
    if rows:
        quote = connection.ops.quote_name
        names = ", ".join(map(quote, columns))
        places = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})",  # noqa: S608
                rows,
            )


def update(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Update rows; each gives the values of `columns` and then the primary key."""
    given = list(rows)
    if given:
        quote = connection.ops.quote_name
        changes = ", ".join(f"{quote(name)} = %s" for name in columns)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE id = %s",  # noqa: S608
                given,
            )


def among(
    model: type[Model], columns: Sequence[str], mailing_list: int, nodes: Iterable[int]
) -> list[tuple[Any, ...]]:
    """Return columns of those rows of a list that bear one of these nodes."""
    given = [mailing_list, *nodes]
    if len(given) == 1:
        return []
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    places = ", ".join(["%s"] * (len(given) - 1))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {names} FROM {quote(model._meta.db_table)}"  # noqa: S608
            f" WHERE mailing_list_id = %s AND node IN ({places})",
            given,
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def allocate(model: type[Model], count: int) -> range | list[int]:
    """Return free primary keys. The caller holds the list's lock, or on SQLite the database's."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT MAX(id) FROM "{model._meta.db_table}"')  # noqa: S608
            last = cursor.fetchone()[0] or 0
        return range(last + 1, last + 1 + count)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def moment(at: datetime) -> Any:
    """Write a moment as this database's driver takes it."""
    return connection.ops.adapt_datetimefield_value(at)
