"""Tests with more than one process: a database that all of them see, and how they are started."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote
from uuid import uuid4

from django.db import connection

from tests import postgres, template

ROOT = Path(__file__).parent.parent
PATIENCE = 300.0
"""Seconds that a process is given: many are at work on a machine of CI, and each has its turn."""


@contextmanager
def shared_database(folder: Path) -> Iterator[str]:
    """
    Yield the address of a database like that of the test, seen by this process and by others.

    PostgreSQL is shared as it is; the test must be one with real commits. The SQLite of the tests
    lives in memory: a copy is laid in the folder, and this process works on it meanwhile.
    """
    if connection.vendor == "postgresql":
        yield _address()
        return
    path = folder / "shared.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    with _working_on(path):
        yield f"sqlite:///{path}"


@contextmanager
def a_new_database(place: Path) -> Iterator[str]:
    """
    Yield the address of a database with empty tables, on which this process works meanwhile.

    On SQLite it is a file that stays; on PostgreSQL a database that goes. It needs no test with
    real commits, nor is anything emptied after it: many tests may share it.
    """
    if connection.vendor == "postgresql":
        with _moved(f"new_{uuid4().hex[:12]}"):
            yield _address()
        return
    template.copied_to(place)
    with _working_on(place):
        yield f"sqlite:///{place}"


@contextmanager
def _working_on(path: Path) -> Iterator[None]:
    inner, kept = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    try:
        yield
    finally:
        if connection.connection is not None:
            connection.connection.close()
        connection.connection, connection.settings_dict["NAME"] = inner, kept


@contextmanager
def _moved(name: str) -> Iterator[None]:
    server, kept = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
    postgres.create(server, name, like=template.postgres_name())
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept
        postgres.drop(server, name)


def _address() -> str:
    given = connection.settings_dict
    host, port = given["HOST"], given["PORT"]
    place = f"{quote(host, safe='')}:{port}" if port else quote(host, safe="")
    word = f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else ""
    return f"postgresql://{given['USER']}{word}@{place}/{given['NAME']}"


def start(
    database: str, *arguments: str, told_to: IO[bytes] | None = None, **more: str
) -> subprocess.Popen[bytes]:
    """
    Start Python with these arguments on that database; `more` goes into its environment.

    What it says goes to the file `told_to`, or where our own words go.
    """
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=told_to,
        stderr=told_to,
        env={
            **os.environ,
            "DATABASE_URL": database,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            **more,
        },
    )
