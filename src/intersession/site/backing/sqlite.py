"""The database as SQLite has it: one file, copied in one look while others write."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from django.db import connection

from intersession.site.backing.archive import APPLIED, HEAD, Broken, Reading, Writing

PART = "database/intersession.sqlite3"
SIDES = ("-wal", "-shm", "-journal")


type Saved = tuple[list[list[str]], tuple[int, str], dict[str, int]]


def save(backup: Writing, beside: Path) -> Saved:
    """
    Take the database in as it stands at one moment.

    Returns the migrations it has seen, the head of its record, and the rows of each table.
    """
    copy = beside.with_name(f".{beside.name}.sqlite3")
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    try:
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            applied = [list(row) for row in target.execute(APPLIED)]
            head, counts = target.execute(HEAD).fetchone(), counted(target)
        backup.copy(PART, copy)
    finally:
        for end in ("", *SIDES):
            Path(f"{copy}{end}").unlink(missing_ok=True)
    return applied, head, counts


def counted(database: sqlite3.Connection) -> dict[str, int]:
    """Count the rows of each table of ours."""
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'search_words%'"
    ).fetchall()
    return {
        name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608 (a name it told)
        for (name,) in names
    }


def restore(backup: Reading) -> None:
    """
    Lay the database in its place. Nothing changes there before the copy is whole.

    Raises Broken where it is not.
    """
    place = Path(str(connection.settings_dict["NAME"]))
    fresh = place.with_name(f".{place.name}.restoring")
    place.parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    try:
        with fresh.open("wb") as target:
            for piece in backup.pieces(PART):
                target.write(piece)
        _ensure_whole(fresh, backup.about.counts)
        for end in SIDES:
            Path(f"{place}{end}").unlink(missing_ok=True)
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)


def _ensure_whole(path: Path, counts: Mapping[str, int]) -> None:
    with closing(sqlite3.connect(path)) as database:
        said = database.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise Broken(f"The database in the backup is damaged: {said}")
        if counted(database) != counts:
            raise Broken("The database in the backup holds other rows than were counted.")
