"""How long a commit waits for the disk."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def unhurried() -> Iterator[None]:
    """
    Commit on SQLite without waiting for the disk.

    What is committed so outlives every process of ours at once, and a loss of power after the next
    commit of anybody who waits: all lie in one log, in their order. For what is only repeated when
    it is lost. Within a transaction, and on PostgreSQL, nothing changes.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        raw.execute("PRAGMA synchronous=FULL")
