"""Everything written out: the tables, the record, the lists. Streamed, in bounded memory."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db.models import Model

from intersession.journal import queries as journal
from intersession.lists import queries as lists
from intersession.lists.models import MailingList
from intersession.site.export_texts import texts

LEFT_OUT = {"lists.content", "search.item"}
"""Tables whose content stands elsewhere in the export (the mail itself), or is made from it."""
ABOUT = """\
An export of everything that one instance of intersession held on %(at)s.

tables/     every table, one row a line (JSON), in the order in which they can be loaded again
record/     the public record, one entry a line, for `intersession verify-journal --export`
outputs/    every output to be read: each published version as Markdown, HTML and plain text, with
            the minority statements on it, and every draft as it was written (Markdown)
calls/      every minority statement that was filed, by call
lists/      every mailing list as an mbox file
manifest.json   each file with its count, its size in bytes and its SHA-256

It holds personal data (addresses, letters, private entries): keep it as safe as the database.
"""


class Place(Protocol):
    """Where files of an export go."""

    def open(self, name: str) -> Any:
        """Open a new file for writing bytes."""


class Folder:
    """An export as a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, mode=0o700)

    def open(self, name: str) -> Any:
        """Open a new file below the folder."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")


class Zip:
    """An export as one zip file."""

    def __init__(self, file: ZipFile) -> None:
        self.file = file

    def open(self, name: str) -> Any:
        """Open a new member; it may be larger than 4 GB."""
        return self.file.open(name, "w", force_zip64=True)


@contextmanager
def place(to: Path) -> Iterator[Place]:
    """Open where the export goes: `*.zip` is a zip file, everything else a new folder."""
    if to.suffix != ".zip":
        yield Folder(to)
        return
    with to.open("xb") as raw, ZipFile(raw, "w", ZIP_DEFLATED) as file:
        to.chmod(0o600)
        yield Zip(file)


class Counted:
    """A file that knows what went into it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size, self.digest = file, 0, hashlib.sha256()

    def write(self, some: bytes) -> int:
        """Write, counting and digesting."""
        self.size += len(some)
        self.digest.update(some)
        return self.file.write(some)


def _lines(rows: Iterable[str]) -> Callable[[Counted], int]:
    def write(file: Counted) -> int:
        count = 0
        for row in rows:
            file.write(row.rstrip("\n").encode() + b"\n")
            count += 1
        return count

    return write


def _bytes(pieces: Iterable[bytes], count: int) -> Callable[[Counted], int]:
    def write(file: Counted) -> int:
        for piece in pieces:
            file.write(piece)
        return count

    return write


def _rows(model: type[Model]) -> Iterator[str]:
    for row in model._base_manager.order_by("pk").iterator(chunk_size=500):
        yield serializers.serialize("jsonl", [row])


def tables() -> list[type[Model]]:
    """List our tables, those that others lean on first."""
    ours = [
        model
        for app in settings.ORDER
        for model in apps.get_app_config(app).get_models()
        if model._meta.label_lower not in LEFT_OUT
    ]
    return serializers.sort_dependencies([(None, ours)]) if ours else []


def parts(*, at: datetime) -> Iterator[tuple[str, Callable[[Counted], int]]]:
    """Name every file of the export, with what writes it."""
    yield "README.txt", _lines([ABOUT % {"at": at.isoformat(timespec="seconds")}])
    yield "record/journal.jsonl", _lines(journal.export())
    for model in tables():
        yield f"tables/{model._meta.label_lower}.jsonl", _lines(_rows(model))
    for name, words in texts():
        yield name, _bytes([words], 1)
    for one in MailingList.objects.order_by("name").iterator():
        yield f"lists/{one.name}.mbox", _bytes(lists.export_mbox(one), 1)


def export(
    to: Path, *, at: datetime, tell: Callable[[str], None] = lambda name: None
) -> Mapping[str, Mapping[str, Any]]:
    """
    Write everything to a new folder or zip file; return its manifest.

    Raises FileExistsError where something is there already.
    """
    manifest: dict[str, dict[str, Any]] = {}
    with place(to) as target:
        for name, write in parts(at=at):
            tell(name)
            with target.open(name) as raw:
                file = Counted(raw)
                count = write(file)
            manifest[name] = {
                "count": count, "bytes": file.size, "sha256": file.digest.hexdigest()
            }  # fmt: skip
        with target.open("manifest.json") as raw, TextIOWrapper(raw, encoding="utf-8") as text:
            json.dump(manifest, text, indent=1)
    return manifest
