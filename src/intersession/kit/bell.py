"""
A bell between processes: who commits work rings, and who waits for work goes on at once.

On PostgreSQL it is NOTIFY, which goes out with the commit and over machines; else a datagram to
the socket that each waiting process has in the data folder. A ring that is lost costs a moment:
whoever waits looks for work each second anyway.
"""

import os
import socket
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.db import connection, transaction

CHANNEL = "intersession_bell"


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "bells"


def ring() -> None:
    """Ring when this transaction commits, and not if it is rolled back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
    else:
        transaction.on_commit(_tap)


def _tap() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.settimeout(0)
        for path in _folder().glob("*.sock"):
            try:
                sender.sendto(b"!", str(path))
            except ConnectionRefusedError:
                path.unlink(missing_ok=True)  # its process is gone
            except OSError:
                continue  # full of rings already, or gone meanwhile


class Bell:
    """What a waiting process hears. Use it in one thread."""

    def __enter__(self) -> Self:
        self._socket: socket.socket | None = None
        self._listening: Any = None
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors:
                self._listen()
        else:
            self._bind()
        return self

    def _listen(self) -> None:
        self._listening = connection.get_new_connection(connection.get_connection_params())
        self._listening.autocommit = True
        self._listening.execute(f"LISTEN {CHANNEL}")

    def _bind(self) -> None:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{os.getpid()}-{id(self):x}.sock"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self._path))

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if self._socket is not None:
            self._socket.close()
            self._path.unlink(missing_ok=True)
        if self._listening is not None:
            self._listening.close()

    def wait(self, seconds: float) -> bool:
        """
        Wait for a ring, so many seconds at most; return whether there was one.

        Raises DatabaseError where the database that rings is gone.
        """
        if self._socket is None:
            with connection.wrap_database_errors:
                return bool(list(self._listening.notifies(timeout=seconds, stop_after=1)))
        self._socket.settimeout(seconds)
        try:
            self._socket.recv(1)
            self._socket.settimeout(0)
            while self._socket.recv(1):
                pass
        except TimeoutError:
            return False
        except BlockingIOError:
            return True
        return True
