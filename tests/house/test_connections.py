"""How we open a database: what SQLite promises on every connection."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.sqlite3.base import DatabaseWrapper

PROMISED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": 20_000,
    "foreign_keys": 1,
    "temp_store": 2,
    "mmap_size": 268_435_456,
    "cache_size": -16_000,
}


@pytest.mark.parametrize("pragma", PROMISED)
def test_a_connection_to_sqlite_keeps_each_promise(
    pragma: str, tmp_path: Path, django_db_blocker: Any
) -> None:
    given = {
        **settings.DATABASES["default"],
        "OPTIONS": settings.SQLITE_OPTIONS,
        "NAME": tmp_path / "instance.sqlite3",
    }
    connection = DatabaseWrapper(given, alias="other")
    with django_db_blocker.unblock(), closing(connection), connection.cursor() as cursor:
        found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]

    assert found == PROMISED[pragma]
