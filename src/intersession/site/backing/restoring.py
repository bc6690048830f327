"""Bringing an instance back from a backup."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from intersession.journal import queries as journal
from intersession.journal.verify import Checkpoint, verify
from intersession.site import readiness
from intersession.site.backing import postgresql, sqlite
from intersession.site.backing.archive import Broken, Reading, opened

type Tell = Callable[[str], None]


class NotRestored(Exception):
    """Why nothing was restored, and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: the digest of the backup, rows, and entries of the record."""

    digest: str
    made_at: datetime
    rows: int
    entries: int


def restore(path: Path, *, over: bool, digest: str = "", tell: Tell) -> Restored:
    """
    Bring an instance back, then its schema up to date, and verify its record.

    `digest` is what was printed when the backup was made, where somebody kept it. Raises
    NotRestored where the database is filled and shall not be written `over`, where the backup is
    of a newer version or another kind of database; Broken where it is not what was written.
    """
    with opened(path) as backup:
        _ensure_fit(backup, over=over, digest=digest)
        tell("Reading the backup through …")
        backup.check()
        tell("Filling the database …")
        (postgresql if connection.vendor == "postgresql" else sqlite).restore(backup)
        _files(backup)
        tell("Bringing the database up to date …")
        call_command("migrate", verbosity=0)
        tell("Verifying the record …")
        _verify(backup)
        about = backup.about
    return Restored(
        backup.digest, datetime.fromisoformat(about.at), sum(about.counts.values()), about.entries
    )


def _ensure_fit(backup: Reading, *, over: bool, digest: str) -> None:
    about = backup.about
    if digest and digest.lower() != backup.digest:
        raise NotRestored(f"This is another backup: its digest is {backup.digest}.")
    if about.vendor != connection.vendor:
        raise NotRestored(
            f"This backup is of {about.vendor}, and DATABASE_URL names {connection.vendor}. "
            "Restore it into a database of its own kind."
        )
    if postgresql.unknown(about.migrations):
        raise NotRestored(
            f"This backup was made by a newer version of intersession ({about.release} or later). "
            "Install that version."
        )
    if is_filled() and not over:
        raise NotRestored(
            "The database is filled. Restore into an empty one, or write over it with --force: "
            "everything in it is lost then. Stop web, worker and listener first."
        )


def is_filled() -> bool:
    """Test whether there is anything in the database that a restore would write over."""
    if readiness.absent() is not None:
        return False
    try:
        with connection.cursor() as cursor:
            return bool(connection.introspection.table_names(cursor))
    except DatabaseError:
        return True


def _files(backup: Reading) -> None:
    """Lay the files of the data folder in their places, the keys for their owner alone."""
    place = Path(settings.DATA_DIR)
    for name in backup.names("data/"):
        target = (place / name.removeprefix("data/")).resolve()
        if not target.is_relative_to(place.resolve()):
            raise Broken(f"{name} leads out of the data folder.")
        _lay(target, backup.pieces(name))
    for name in backup.names("keys/dkim.pem"):
        _lay(settings.DKIM_KEY, backup.pieces(name))


def _lay(target: Path, pieces: Iterator[bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}.restoring")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        for piece in pieces:
            file.write(piece)
    half.replace(target)


def _verify(backup: Reading) -> None:
    """Follow the whole chain, and hold it against the head that the backup names."""
    if not backup.about.entries:
        return
    points = [Checkpoint(point.count, point.hash) for point in journal.checkpoints()]
    points.append(Checkpoint(backup.about.entries, backup.about.head))
    report = verify((line.encode() for line in journal.export()), points)
    if report.problem:
        raise Broken(f"The record does not hold: {report.sentence}")
