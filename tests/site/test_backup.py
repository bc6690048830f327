"""A backup brings everything back, on either database, and refuses what would do harm."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from intersession.journal.models import Entry
from intersession.journal.verify import verify
from intersession.lists.actions import archive
from intersession.lists.testing import a_list
from intersession.membership.testing import a_member
from intersession.site.backing.archive import MANIFEST, Broken, opened
from tests import postgres
from tests.processes import ROOT, shared_database

pytestmark = pytest.mark.django_db(transaction=True)

LOOK = """
import django; django.setup()
from django.test import Client
from intersession.journal.models import Entry
from intersession.journal.queries import export
from intersession.lists.models import Message, MailingList
from intersession.people.models import Person
client = Client(headers={"host": "127.0.0.1"})
message = Message.objects.select_related("mailing_list").get()
pages = ["/", "/record/", message.mailing_list.get_absolute_url(), message.get_absolute_url()]
MailingList.objects.filter(pk=1).update(title="x")  # it takes changes
import json
new = Person.objects.create_user("new@example.org")
print(json.dumps([
    [client.get(page).status_code for page in pages],
    Entry.objects.count(), Person.objects.count(), new.pk > Person.objects.order_by("-pk")[1].pk,
    [*export()],
]))
"""


@pytest.fixture
def source(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """An instance with a post in it; yields the path for its backup."""
    settings.DATA_DIR = tmp_path / "old"
    settings.DATA_DIR.mkdir()
    (settings.DATA_DIR / "secret-key").write_text("the old secret")
    (settings.DATA_DIR / "files" / "outputs").mkdir(parents=True)
    (settings.DATA_DIR / "files" / "outputs" / "one.pdf").write_bytes(b"%PDF")
    settings.DKIM_KEY = tmp_path / "elsewhere.pem"
    settings.DKIM_KEY.write_text("a key")
    talk = a_list()
    a_member(talk.coalition)
    raw = b"From: a@example.org\r\nSubject: x\\\ty\r\nMessage-ID: <1@a>\r\n\r\nDay \xe4\\n\r\n"
    archive(talk, raw, at=talk.opened_at)
    with shared_database(tmp_path):
        yield tmp_path / "one.backup"


def an_empty_instance(folder: Path) -> dict[str, str]:
    """The environment of an instance whose database has no tables."""
    environment = {
        **os.environ,
        "INTERSESSION_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "intersession.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    if server := os.environ.get("DATABASE_URL"):
        environment["DATABASE_URL"] = postgres.create(server, f"restored_{uuid4().hex[:12]}")
    return environment


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, check=False
    )


US = ("-m", "intersession.site.cli")


def backup(to: Path, *more: str) -> str:
    told = StringIO()
    call_command("backup", str(to), *more, stdout=told)
    return told.getvalue()


def test_an_instance_comes_back_whole_in_another_place(source: Path, tmp_path: Path) -> None:
    told = json.loads(backup(source, "--json"))
    new = an_empty_instance(tmp_path / "new")

    done = run(new, *US, "restore", str(source), "--digest", told["digest"])

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{Entry.objects.count():,} entries of the record hold" in done.stdout
    assert stat.S_IMODE(source.stat().st_mode) == 0o600
    secret = tmp_path / "new" / "secret-key"
    assert (secret.read_text(), stat.S_IMODE(secret.stat().st_mode)) == ("the old secret", 0o600)
    assert (tmp_path / "new" / "dkim.pem").read_text() == "a key"
    assert (tmp_path / "new" / "files" / "outputs" / "one.pdf").read_bytes() == b"%PDF"
    looked = run(new, "-c", LOOK)
    assert looked.returncode == 0, looked.stderr
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM people_person")
        people = cursor.fetchone()[0]
    *found, record = json.loads(looked.stdout)
    assert found == [[200] * 4, Entry.objects.count(), people + 1, True]
    assert verify((line.encode() for line in record), []).problem == ""

    forced = run(new, *US, "restore", str(source), "--force")
    assert forced.returncode == 0, forced.stderr
    assert json.loads(run(new, "-c", LOOK).stdout)[2] == people + 1


def changed(path: Path, to: Path, change: Any) -> Path:
    """Copy a backup, its manifest changed."""
    with ZipFile(path) as old, ZipFile(to, "w") as new:
        for name in old.namelist():
            words = old.read(name)
            new.writestr(name, change(json.loads(words)) if name == MANIFEST else words)
    return to


def test_a_backup_of_a_newer_version_is_refused(source: Path, tmp_path: Path) -> None:
    backup(source)

    def newer(manifest: dict[str, Any]) -> str:
        manifest["about"]["migrations"].append(["lists", "9999_of_tomorrow"])
        return json.dumps(manifest)

    with pytest.raises(CommandError, match="newer version"):
        call_command("restore", str(changed(source, tmp_path / "new.backup", newer)), force=True)


def test_a_backup_that_was_changed_is_refused_before_anything_is_written(
    source: Path, tmp_path: Path
) -> None:
    backup(source)

    def other(manifest: dict[str, Any]) -> str:
        manifest["parts"]["data/secret-key"]["sha256"] = "0" * 64
        return json.dumps(manifest)

    before = Entry.objects.count()
    with pytest.raises(CommandError, match="secret-key of the backup is not what was written"):
        call_command("restore", str(changed(source, tmp_path / "x", other)), force=True)
    assert Entry.objects.count() == before


def test_a_backup_of_another_digest_than_was_noted_is_refused(source: Path) -> None:
    backup(source)

    with pytest.raises(CommandError, match="another backup"):
        call_command("restore", str(source), digest="0" * 64, force=True)


def test_a_filled_database_is_not_written_over_by_mistake(source: Path) -> None:
    backup(source)

    with pytest.raises(CommandError, match="The database is filled"):
        call_command("restore", str(source))


@pytest.mark.parametrize("words", [b"", b"no zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_backup_is_a_sentence(words: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(words)

    with pytest.raises(Broken, match="is no backup"), opened(tmp_path / "x"):
        pass


def test_a_backup_is_not_written_over_something_else(source: Path) -> None:
    source.write_text("mine")

    with pytest.raises(CommandError, match="there already"):
        backup(source)

    assert source.read_text() == "mine"
    assert [path for path in source.parent.iterdir() if path.name.startswith(".")] == []


def test_in_a_folder_only_so_many_are_kept(source: Path) -> None:
    folder = source.parent / "backups"
    folder.mkdir()
    for day in range(3):
        (folder / f"intersession-2026010{day}T000000Z.backup").write_text("old")
    (folder / "mine.txt").write_text("mine")

    backup(folder, "--keep", "2")

    names = sorted(path.name for path in folder.iterdir())
    assert names[0] == "intersession-20260102T000000Z.backup"
    assert len(names) == 3
