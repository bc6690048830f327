"""
New rows of a model, written by SQL that is composed once.

Saving a row by its model composes the statement each time, which takes many times as long as the
database takes to write it; a post that comes in writes a dozen. The models stay the law: their
fields say how each value is written.
"""

from collections.abc import Sequence
from functools import cache
from types import NoneType
from typing import Any

from django.db import connections, router
from django.db.models import CharField, Field, ForeignKey, IntegerField, Model, TextField

from intersession.kit.prepared import each, prepared

FEW = 50
"""Of more rows Django composes a statement too, which PostgreSQL takes faster, as arrays."""
BATCH = 500

PLAIN = (CharField, TextField, IntegerField, ForeignKey)
"""Fields whose numbers and texts are written as they are, by every database."""


def insert(*rows: Model) -> None:
    """Insert new rows of one model, and give them the keys that the database made."""
    if len(rows) > FEW:
        type(rows[0])._base_manager.bulk_create(rows, batch_size=BATCH)
    elif rows:
        _insert(router.db_for_write(type(rows[0])), rows)


def write(*rows: Model) -> None:
    """Insert new rows of one model whose keys nobody asks for: nothing is waited for."""
    if len(rows) > FEW:
        insert(*rows)
    elif rows:
        alias = router.db_for_write(type(rows[0]))
        connection = connections[alias]
        fields, start, _ = _composed(type(rows[0]), alias)
        places = f"({', '.join(['%s'] * len(fields))})"
        each(
            f"{start}{places}",
            [[_value(field, row, connection) for field in fields] for row in rows],
        )


def _insert(alias: str, rows: Sequence[Model]) -> None:
    connection = connections[alias]
    fields, start, end = _composed(type(rows[0]), alias)
    values = [_value(field, row, connection) for row in rows for field in fields]
    places = f"({', '.join(['%s'] * len(fields))})"
    with prepared(alias) if len(rows) == 1 else connection.cursor() as cursor:
        cursor.execute(f"{start}{', '.join([places] * len(rows))}{end}", values)
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk, row._state.adding, row._state.db = key, False, alias


def _value(field: Field[Any, Any], row: Model, connection: Any) -> Any:
    """
    Return what is written of a field: a plain number or text of a plain field as it is.

    Any other passes `pre_save`, where Django has a field make what it makes as it is saved. Nothing
    here is made so: no field of ours has `auto_now`, since time comes in.
    """
    value = getattr(row, field.attname)
    if type(value) in (int, str, NoneType) and isinstance(field, PLAIN):
        return value
    return field.get_db_prep_save(field.pre_save(row, add=True), connection=connection)


@cache
def _composed(model: type[Model], alias: str) -> tuple[Sequence[Field[Any, Any]], str, str]:
    """Return the fields that are written, and the statement before and after their places."""
    quote = connections[alias].ops.quote_name
    meta = model._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    names = ", ".join(quote(str(field.column)) for field in fields)
    end = f" RETURNING {quote(str(meta.pk.column))}"
    start = f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES "  # noqa: S608 (names of models)
    return fields, start, end
