"""Rows written in sets, without a model object for each: the bulk path of the archive."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from intersession.kit.prepared import each, one_of, prepared


def insert(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows; `columns` are names of columns (`thread_id`, not `thread`)."""
    if rows:
        quote = connection.ops.quote_name
        names = ", ".join(map(quote, columns))
        places = ", ".join(["%s"] * len(columns))
        table = quote(model._meta.db_table)
        each(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608 (names of models)


def update(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Update rows; each gives the values of `columns` and then the primary key."""
    given = list(rows)
    if given:
        quote = connection.ops.quote_name
        changes = ", ".join(f"{quote(name)} = %s" for name in columns)
        each(f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE id = %s", given)  # noqa: S608 (names of models)


def among(
    model: type[Model], columns: Sequence[str], mailing_list: int, nodes: Iterable[int]
) -> list[tuple[Any, ...]]:
    """Return columns of those rows of a list that bear one of these nodes."""
    where = "mailing_list_id = %s AND {is_one}"
    return _asked(f"{_select(model, columns)} WHERE {where}", "node", [*nodes], mailing_list)


def named(
    mailing_list: int, nodes: Collection[int]
) -> tuple[list[tuple[int, bytes, int, int]], dict[int, int]]:
    """
    Return what of a list bears one of these nodes, by one question.

    Messages: node, digest of the content, key, key of the thread. Ghosts: their threads, by node.
    """
    is_one, given = one_of("node", nodes)
    where = f"WHERE mailing_list_id = %s AND {is_one}"
    with prepared() as cursor:
        cursor.execute(
            f"SELECT node, content_hash, id, thread_id FROM lists_message {where}"  # noqa: S608 (only places)
            f" UNION ALL SELECT node, NULL, 0, thread_id FROM lists_ghost {where}",
            [mailing_list, *given] * 2,
        )
        found = cursor.fetchall()
    ghosts = {node: thread for node, content, _, thread in found if content is None}
    return [row for row in found if row[1] is not None], ghosts


def chosen(
    model: type[Model], columns: Sequence[str], values: Collection[Any], *, by: str = "id"
) -> list[tuple[Any, ...]]:
    """Return columns of the rows with these primary keys, or these values of another column."""
    found = _asked(f"{_select(model, columns)} WHERE {{is_one}}", by, values)
    return [tuple(map(_with_zone, row)) for row in found]


def _select(model: type[Model], columns: Sequence[str]) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    return f"SELECT {names} FROM {quote(model._meta.db_table)}"  # noqa: S608 (names of models)


def _with_zone(value: Any) -> Any:
    """Give a moment of SQLite, which has none, its zone."""
    is_bare = isinstance(value, datetime) and value.tzinfo is None
    return value.replace(tzinfo=UTC) if is_bare else value


def counted(
    model: type[Model], group: str, column: str, numbers: Collection[int]
) -> list[tuple[Any, ...]]:
    """Count how many values a column has in each of these groups of rows: (group, count)."""
    quote = connection.ops.quote_name
    return _asked(
        f"SELECT {quote(group)}, COUNT(DISTINCT {quote(column)})"  # noqa: S608 (names of models)
        f" FROM {quote(model._meta.db_table)} WHERE {{is_one}} GROUP BY {quote(group)}",
        group,
        numbers,
    )


def _asked(sql: str, column: str, values: Collection[Any], *before: Any) -> list[tuple[Any, ...]]:
    """Ask for rows whose column holds one of the values, given after what comes before."""
    if not values:
        return []
    is_one, given = one_of(column, values)
    with prepared() as cursor:
        cursor.execute(sql.format(is_one=is_one), [*before, *given])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def allocate(count: int, *models: type[Model]) -> list[Sequence[int]]:
    """
    Return so many free primary keys of each model, by one question.

    The caller holds the list's lock, or on SQLite the database's.
    """
    tables = [model._meta.db_table for model in models]
    with prepared() as cursor:
        if connection.vendor != "postgresql":
            highest = ", ".join(f'(SELECT MAX(id) FROM "{table}")' for table in tables)  # noqa: S608 (names of models)
            cursor.execute(f"SELECT {highest}")
            return [range((n or 0) + 1, (n or 0) + 1 + count) for n in cursor.fetchone()]
        following = ", ".join(["nextval(pg_get_serial_sequence(%s, 'id'))"] * len(tables))
        cursor.execute(f"SELECT {following} FROM generate_series(1, %s)", [*tables, count])  # noqa: S608 (only places)
        return list(zip(*cursor.fetchall(), strict=True))
