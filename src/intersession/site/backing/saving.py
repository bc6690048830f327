"""Making a backup while everything runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from intersession.site.backing import postgresql, sqlite
from intersession.site.backing.archive import APPLIED, HEAD, About, Writing, new


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup that was made: its digest, its rows, and the files of the data folder in it."""

    digest: str
    rows: int
    entries: int
    files: list[str]


def save(to: Path, *, at: datetime) -> Saved:
    """
    Write everything that this instance needs into one new file.

    The database is taken as it stands at one moment; writers are not kept waiting. Raises
    FileExistsError where the file is there already.
    """
    with new(to) as backup, _one_moment():
        more = _database(backup, to)
        files = _files(backup)
        about = About(
            at=at.isoformat(), release=version("intersession"), vendor=connection.vendor, **more
        )
        digest = backup.close(about)
    return Saved(digest, sum(about.counts.values()), about.entries, files)


@contextmanager
def _one_moment() -> Iterator[None]:
    """See one state of the database throughout; SQLite's lock is its own affair (`sqlite.save`)."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _database(backup: Writing, to: Path) -> dict[str, Any]:
    if connection.vendor != "postgresql":
        applied, (entries, head), counts = sqlite.save(backup, to)
        return {"migrations": applied, "entries": entries, "head": head, "counts": counts}
    columns, sequences, counts = postgresql.save(backup)
    with connection.cursor() as cursor:
        cursor.execute(APPLIED)
        applied = [list(row) for row in cursor.fetchall()]
        cursor.execute(HEAD)
        entries, head = cursor.fetchone()
    return {
        "migrations": applied, "entries": entries, "head": head, "columns": columns,
        "sequences": sequences, "counts": counts,
    }  # fmt: skip


def _files(backup: Writing) -> list[str]:
    """Take in what of the data folder cannot be made again: keys, files, the marks of a demo."""
    place = Path(settings.DATA_DIR)
    names = ["secret-key", "demo-world", "demo-clock"]
    found = [path for name in names if (path := place / name).is_file()]
    found += sorted(path for path in (place / "files").rglob("*") if path.is_file())
    for path in found:
        backup.copy(f"data/{path.relative_to(place)}", path)
    if settings.DKIM_KEY.is_file():
        backup.copy("keys/dkim.pem", settings.DKIM_KEY)
        found.append(settings.DKIM_KEY)
    return [path.name for path in found]
