"""
A database with every migration applied; each one that a run of the suite needs is a copy of it.

To apply all migrations takes longer than a thousand tests. That of SQLite is kept from run to run
as long as the migrations are the same; that of PostgreSQL lives as long as its server.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from threading import Thread

from tests import postgres

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".pytest_cache"
NAME = "intersession_template"


def sqlite_file() -> Path:
    """Return the file of the migrated database; whoever asks first makes it."""
    KEPT.mkdir(exist_ok=True)
    place = KEPT / f"{NAME}-{_version()}.sqlite3"
    with _alone(KEPT):
        if not place.exists():
            for old in KEPT.glob(f"{NAME}-*"):
                old.unlink()
            new = place.with_suffix(".new")
            _migrate(f"sqlite:///{new}")
            with closing(sqlite3.connect(new)) as made:
                made.execute("PRAGMA journal_mode=DELETE")  # one file, for copies in memory too
            new.rename(place)
    return place


@cache
def _version() -> str:
    """Tell migrations from others: ours, which import nothing of ours, and those of packages."""
    files = [ROOT / "requirements.lock", *sorted(ROOT.glob("src/intersession/*/migrations/*.py"))]
    told = hashlib.sha256()
    for file in files:
        told.update(f"{file.name}\n".encode() + file.read_bytes())
    return told.hexdigest()[:16]


def copied_to(place: Path) -> None:
    """Lay a migrated SQLite database at a place."""
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(sqlite_file(), place)


def postgres_name() -> str:
    """Return the name of the migrated database of our server; whoever asks first makes it."""
    server, folder = os.environ["DATABASE_URL"], Path(os.environ["INTERSESSION_TEST_FOLDER"])
    made = folder / NAME
    with _alone(folder):
        if not made.exists():
            _migrate(postgres.create(server, NAME))
            made.touch()
    return NAME


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(database: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "intersession.site.cli", "migrate", "-v0"],
        cwd=ROOT, check=True,
        env={**os.environ, "DATABASE_URL": database, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
    )  # fmt: skip


def begin() -> None:
    """Begin to make it while the workers of the run still gather their tests."""
    make = sqlite_file if os.environ["INTERSESSION_TEST_DB"] == "sqlite" else postgres_name
    Thread(target=make).start()


@contextmanager
def for_django() -> Iterator[None]:
    """Let Django's own test database be a copy, until the block ends."""
    from django.db import connection

    given = connection.settings_dict["TEST"]
    given["MIGRATE"] = False
    if connection.vendor == "postgresql":
        given["TEMPLATE"] = postgres_name()
        yield
        return
    with (
        closing(sqlite3.connect(connection.creation._get_test_db_name(), uri=True)) as memory,
        closing(sqlite3.connect(sqlite_file())) as made,
    ):
        made.backup(memory)
        yield
