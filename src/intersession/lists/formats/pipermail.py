"""The pages of a Mailman 2 archive (pipermail) as they lie in a folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from intersession.lists.rules import old_urls

INDEXES = ("thread.html", "subject.html", "author.html", "date.html")
LARGEST = 4 << 20
"""Bytes of a page that are read."""


@dataclass(frozen=True, slots=True)
class OldPage:
    """A page: its path below the archive, its month, and the id of the message it shows, if any."""

    path: str
    month: date | None = None
    message_id: str = ""
    is_message: bool = False


def pages_in(folder: Path) -> Iterator[OldPage]:
    """
    Give every page below the folder of a list: its index, its volumes, their indexes, messages and
    files. A page of a message whose id cannot be read has none.
    """
    yield OldPage("")
    for volume in sorted(item for item in folder.iterdir() if item.is_dir()):
        if old_urls.is_volume(volume.name):
            yield from _volume(volume)


def _volume(volume: Path) -> Iterator[OldPage]:
    month = old_urls.month_of(volume.name)
    yield OldPage(volume.name, month)
    for ending in (".txt", ".txt.gz"):
        yield OldPage(f"{volume.name}{ending}", month)
    for name in INDEXES:
        yield OldPage(f"{volume.name}/{name}", month)
    for file in sorted(volume.glob("*.html")):
        if file.stem.isdigit():
            yield from _message(file, f"{volume.name}/{file.name}", month)


def _message(file: Path, path: str, month: date | None) -> Iterator[OldPage]:
    with file.open("rb") as stream:
        text = stream.read(LARGEST).decode("utf-8", "replace")
    shown = old_urls.shown_id(text)
    yield OldPage(path, month, shown, is_message=True)
    for name in old_urls.files_of(text):
        yield OldPage(f"attachments/{name}", month, shown)
