"""How fast an archive is taken in, with how much memory, and whether others can write meanwhile."""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

from bench.figures import Book
from bench.inside import NAME
from bench.memory import watched
from tests.journeys.instance import US, Instance


@contextmanager
def another_writer(database: Path) -> Iterator[list[float]]:
    """Ask for the write lock again and again; the list holds each wait in seconds."""
    waits, enough = [0.0], Event()

    def ask() -> None:
        connection = sqlite3.connect(database, timeout=60, isolation_level=None)
        while not enough.wait(0.02):
            begin = perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            waits.append(perf_counter() - begin)
            connection.execute("ROLLBACK")
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    try:
        yield waits
    finally:
        enough.set()
        thread.join()


def take_in(
    instance: Instance, archive: Path, book: Book, size: str, *, goal: str, what: str = "import"
) -> None:
    """Import an archive once, and keep its rate, its memory, and the longest wait of others."""
    begin = perf_counter()
    child = subprocess.Popen(
        [*US, "import-archive", NAME, str(archive), "--json"],
        env=instance.environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with child, watched(child.pid) as sizes, another_writer(database_of(instance)) as waits:
        told = child.communicate()[0]
    took = perf_counter() - begin
    counts = json.loads(told.splitlines()[-1])
    book.add(size, f"{what}, start and end included", "messages/s", goal, counts["read"] / took)
    book.add(size, f"{what}, memory of all processes", "MB", "≤ 150", max(sizes) / 1e6)
    book.add(size, f"{what}, longest wait of a writer", "ms", "≤ 300", max(waits) * 1000)


def database_of(instance: Instance) -> Path:
    """Return the database file of an instance."""
    return instance.data_dir / "intersession.sqlite3"
