"""Commands on a database that is not there, not up to date or too new say so in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from intersession.site import cli, readiness
from tests.processes import ROOT

IMPORT = ("import-archive", "dc-talk", "talk.mbox")


def said(database: str, *words: str) -> tuple[int, str]:
    """Run a command in a process of its own; return its exit code and what it says of errors."""
    ran = subprocess.run(
        [sys.executable, "-m", "intersession.site.cli", *words],
        cwd=ROOT, check=False, capture_output=True, text=True, timeout=60,
        env={**os.environ, "DATABASE_URL": database, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
    )  # fmt: skip
    return ran.returncode, ran.stderr


def test_without_a_database_a_command_names_the_one_that_makes_it(tmp_path: Path) -> None:
    place = tmp_path / "none.sqlite3"

    assert said(f"sqlite:///{place}", *IMPORT) == (
        1, f"There is no database yet at {place}. Run `intersession migrate`.\n",
    )  # fmt: skip
    assert not place.exists()


def test_an_empty_database_is_not_up_to_date(tmp_path: Path) -> None:
    place = tmp_path / "empty.sqlite3"
    place.touch()

    assert said(f"sqlite:///{place}", *IMPORT) == (
        1, "The database is not up to date. Run `intersession migrate`.\n",
    )  # fmt: skip


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    place = tmp_path / "text.sqlite3"
    place.write_text("This is no database, however long one looks at it. " * 100)

    code, words = said(f"sqlite:///{place}", "export", "everything", str(tmp_path / "out"))

    assert code == 1
    assert words.startswith("The database does not answer: file is not a database")
    assert words.count("\n") == 1


def test_the_help_of_a_command_needs_no_database(tmp_path: Path) -> None:
    assert said(f"sqlite:///{tmp_path / 'none.sqlite3'}", "import-archive", "--help")[0] == 0


@pytest.mark.django_db
def test_a_database_in_order_keeps_nobody_from_working() -> None:
    assert readiness.trouble() is None


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_told() -> None:
    MigrationRecorder(connection).record_applied("lists", "9999_what_comes_next")

    assert readiness.trouble() == readiness.NEWER


@pytest.mark.django_db
def test_migrations_of_an_app_that_is_gone_are_no_sign_of_a_newer_version() -> None:
    MigrationRecorder(connection).record_applied("somebody_elses", "0001_initial")

    assert readiness.trouble() is None


@pytest.mark.django_db
def test_a_server_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DatabaseError("connection refused\nIs the server running?")

    monkeypatch.setattr(connection, "ensure_connection", fail)

    found = readiness.trouble()

    assert found
    assert found[0] == "The database does not answer: connection refused Is the server running?"


def test_every_command_on_the_database_is_one_of_ours() -> None:
    ours = {name for group in cli.GROUPS.values() for name in group}

    assert set(cli.ON_THE_DATABASE) < ours
