"""Imports that are killed, run out of disk, or share the file with people."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from intersession.lists.testing import a_list
from tests.lists.mail import mail, mbox
from tests.processes import PATIENCE, a_new_database

COUNT = 1_000
FILE = "intersession.sqlite3"
STATE = [
    """SELECT m.number, m.permalink, p.permalink FROM lists_message m
    LEFT JOIN lists_message p ON p.id = m.parent_id ORDER BY m.number""",
    "SELECT permalink, count, participants FROM lists_thread ORDER BY permalink",
    "SELECT count(*) FROM search_item",
    "SELECT count(*) FROM lists_importrun",
    "SELECT count(*) FROM journal_entry WHERE verb = 'lists.import_archive'",
]

LIMITED = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_200_000, resource.RLIM_INFINITY))
from intersession.site.cli import main
main()
"""


@dataclass
class Place:
    """An instance of its own with one empty list; this process works on its database meanwhile."""

    folder: Path
    address: str
    name: str

    @property
    def file(self) -> Path:
        """Where SQLite keeps it."""
        return self.folder / FILE

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "INTERSESSION_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "intersession.site.settings",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }

    def start(self, archive: Path) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "intersession.site.cli", "import-archive", self.name]
        return subprocess.Popen(
            [*words, str(archive), "--json"], env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def stored(self) -> int:
        (found,) = self.asked("SELECT count(*) FROM lists_message")
        return int(found[0])

    def state(self) -> list[Any]:
        return [self.asked(question) for question in STATE]

    def asked(self, question: str) -> list[Any]:
        """Ask the database, and hold nothing of it open."""
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(question)
            return list(cursor.fetchall())


@contextmanager
def a_place(folder: Path) -> Iterator[Place]:
    with a_new_database(folder / FILE) as address:
        name = a_list().name
        connection.close()
        yield Place(folder, address, name)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    letters = [
        mail(
            f"{n}@x", f"Words {n} " * 20, answers=f"{n // 3 * 2}@x" if n % 3 else "", day=n % 20 + 1
        )
        for n in range(COUNT)
    ]
    path = tmp_path_factory.mktemp("mail") / "talk.mbox"
    path.write_bytes(mbox(*letters))
    return path


@pytest.fixture(scope="module")
def whole(
    archive: Path,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Any]:
    """What an import leaves that nothing befell."""
    with django_db_blocker.unblock(), a_place(tmp_path_factory.mktemp("whole")) as place:
        assert f'"stored": {COUNT}' in place.start(archive).communicate()[0]
        return place.state()


@pytest.fixture
def place(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Place]:
    with django_db_blocker.unblock(), a_place(tmp_path) as place:
        yield place


def wait_for(place: Place, count: int) -> None:
    until = time.monotonic() + PATIENCE
    while place.stored() < count and time.monotonic() < until:
        time.sleep(0.02)


def test_a_killed_import_run_again_gives_the_same_archive(
    archive: Path, whole: list[Any], place: Place
) -> None:
    for step in (60, 300):
        running = place.start(archive)
        wait_for(place, step)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert step <= place.stored() < COUNT

    answer = place.start(archive).communicate()[0]

    assert f'"read": {COUNT}, "stored": {COUNT}, "duplicates": 0, "refused": 0' in answer
    assert place.state() == whole


@pytest.mark.sqlite
def test_a_disk_that_fills_is_told_and_the_import_goes_on_when_there_is_room(
    archive: Path, whole: list[Any], place: Place
) -> None:
    limited = [sys.executable, "-c", LIMITED, "import-archive", place.name, str(archive)]
    stopped = subprocess.run(
        limited, env=place.environment, capture_output=True, text=True, check=False
    )
    assert stopped.returncode == 3
    assert "The disk is full" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    with closing(sqlite3.connect(place.file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert 0 <= place.stored() < COUNT

    place.start(archive).communicate()

    assert place.state() == whole


@pytest.mark.sqlite
def test_posts_and_pages_go_on_during_an_import(archive: Path, place: Place) -> None:
    running = place.start(archive)
    waited, reads = [], []
    with closing(sqlite3.connect(place.file, timeout=20, isolation_level=None)) as database:
        while running.poll() is None:
            begun = time.monotonic()
            database.execute("BEGIN IMMEDIATE")
            waited.append(time.monotonic() - begun)
            database.execute("UPDATE lists_author SET name = name WHERE id = 1")
            database.execute("COMMIT")
            begun = time.monotonic()
            database.execute("SELECT count(*) FROM lists_thread").fetchone()
            reads.append(time.monotonic() - begun)
            time.sleep(0.02)
    assert f'"stored": {COUNT}' in running.communicate()[0]
    assert len(waited) > 10
    assert max(waited) < 5
    assert max(reads) < 1
