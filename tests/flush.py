"""
How the test runner empties its tables, the record included.

Tests that need real commits are cleaned by Django's flush, which the triggers of the record refuse.
This file, and nothing in the product, lifts them: only while the runner's own flush runs, on the
runner's own connection to its own test database. After it the head stands at the beginning again.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import connection, transaction

append_only = import_module("intersession.journal.migrations.0003_append_only")
TABLES = ["journal_entry", "journal_head"]


def lift_for_the_runner() -> None:
    """Let the flush of this connection, and only this, empty the record."""
    inner: Callable[[list[str]], None] = connection.ops.execute_sql_flush

    def flush(lines: list[str]) -> None:
        with transaction.atomic():
            _lift()
            inner(lines)
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO journal_head (id, count, hash) VALUES (1, 0, %s)", ["0" * 64]
                )
            _guard()

    connection.ops.execute_sql_flush = flush  # type: ignore[method-assign]


def _lift() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                continue
            names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
            for (name,) in cursor.execute(names, [table]).fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def _guard() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        lines: list[Any] = append_only.SQLITE
        for line in lines:
            cursor.execute(line)
