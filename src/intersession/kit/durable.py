"""How long a commit waits for the disk."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_UNSYNCED = ", set_config('synchronous_commit', 'off', true) AS unsynced"


@contextmanager
def unhurried() -> Iterator[str]:
    """
    Commit one statement without waiting for the disk.

    Gives what ends the FROM of that statement: PostgreSQL is told by it. Within a transaction
    nothing changes.

    For what is only repeated when it is lost. After the next commit of the same connection that
    does wait it outlives a loss of power: the log is one, and in order. On SQLite it outlives the
    end of any process of ours at once; a PostgreSQL that is killed loses the last half a second.
    """
    if connection.in_atomic_block:
        yield ""
    elif connection.vendor == "postgresql":
        yield _UNSYNCED
    else:
        connection.ensure_connection()
        raw = connection.connection
        raw.execute("PRAGMA synchronous=NORMAL")
        try:
            yield ""
        finally:
            raw.execute("PRAGMA synchronous=FULL")
