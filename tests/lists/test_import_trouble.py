"""Imports into SQLite that are killed, run out of disk, or share the file with people."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from intersession.lists.testing import a_list
from tests.lists.mail import mail, mbox
from tests.processes import PATIENCE, a_new_database

pytestmark = pytest.mark.sqlite
COUNT = 800
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


class Place:
    """An instance of its own, in a folder."""

    def __init__(self, folder: Path, pattern: "Place | None" = None) -> None:
        folder.mkdir()
        self.database = folder / "intersession.sqlite3"
        self.environment = {
            **os.environ,
            "INTERSESSION_DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DJANGO_SETTINGS_MODULE": "intersession.site.settings",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        self.name = ""
        if pattern:
            shutil.copy(pattern.database, self.database)
            self.name = pattern.name

    def start(self, archive: Path) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "intersession.site.cli", "import-archive", self.name]
        return subprocess.Popen(
            [*words, str(archive), "--json"], env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def stored(self) -> int:
        with closing(sqlite3.connect(self.database, timeout=20)) as database:
            return int(database.execute("SELECT count(*) FROM lists_message").fetchone()[0])

    def state(self) -> list[Any]:
        with closing(sqlite3.connect(self.database, timeout=20)) as database:
            return [database.execute(question).fetchall() for question in STATE]


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
def empty(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Place:
    place = Place(tmp_path_factory.mktemp("empty") / "place")
    with django_db_blocker.unblock(), a_new_database(place.database):
        place.name = a_list().name
    return place


@pytest.fixture(scope="module")
def whole(archive: Path, empty: Place, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    place = Place(tmp_path_factory.mktemp("whole") / "place", empty)
    assert f'"stored": {COUNT}' in place.start(archive).communicate()[0]
    return place.state()


def wait_for(place: Place, count: int) -> None:
    until = time.monotonic() + PATIENCE
    while place.stored() < count and time.monotonic() < until:
        time.sleep(0.02)


def test_a_killed_import_run_again_gives_the_same_archive(
    archive: Path, empty: Place, whole: list[Any], tmp_path: Path
) -> None:
    place = Place(tmp_path / "place", empty)
    for step in (60, 300):
        running = place.start(archive)
        wait_for(place, step)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert place.stored() < COUNT

    answer = place.start(archive).communicate()[0]

    assert f'"read": {COUNT}, "stored": {COUNT}, "duplicates": 0, "refused": 0' in answer
    assert place.state() == whole


def test_a_disk_that_fills_is_told_and_the_import_goes_on_when_there_is_room(
    archive: Path, empty: Place, whole: list[Any], tmp_path: Path
) -> None:
    place = Place(tmp_path / "place", empty)
    limited = [sys.executable, "-c", LIMITED, "import-archive", place.name, str(archive)]
    stopped = subprocess.run(
        limited, env=place.environment, capture_output=True, text=True, check=False
    )
    assert stopped.returncode == 3
    assert "The disk is full" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    with closing(sqlite3.connect(place.database)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert 0 <= place.stored() < COUNT

    place.start(archive).communicate()

    assert place.state() == whole


def test_posts_and_pages_go_on_during_an_import(
    archive: Path, empty: Place, tmp_path: Path
) -> None:
    place = Place(tmp_path / "place", empty)
    running = place.start(archive)
    waited, reads = [], []
    with closing(sqlite3.connect(place.database, timeout=20, isolation_level=None)) as database:
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
