"""The file of a backup: a zip of parts, and at its end a manifest with the digest of each."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 (a name of its own)

FORMAT = 1
MANIFEST = "manifest.json"
HEAD = "SELECT count, hash FROM journal_head WHERE id = 1"
APPLIED = "SELECT app, name FROM django_migrations ORDER BY id"
PIECE = 1 << 20
"""Bytes in memory at once."""


class Broken(Exception):
    """A file that is no backup, or not the one that was written."""


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself: all that decides whether, and into what, it can be restored."""

    at: str
    release: str
    vendor: str
    migrations: list[list[str]]
    entries: int
    head: str
    columns: dict[str, list[str]] = field(default_factory=dict)
    sequences: dict[str, list[Any]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


class Writing:
    """A backup that is being written."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file
        self._parts: dict[str, dict[str, Any]] = {}

    @contextmanager
    def part(self, name: str) -> Iterator["Digested"]:
        """Open a part for writing; its size need not be known."""
        with self._file.open(name, "w", force_zip64=True) as raw:
            told = Digested(raw)
            yield told
        self._parts[name] = {"bytes": told.size, "sha256": told.digest.hexdigest()}

    def copy(self, name: str, path: Path) -> None:
        """Take a file in as a part."""
        with path.open("rb") as source, self.part(name) as part:
            while piece := source.read(PIECE):
                part.write(piece)

    def close(self, about: About) -> str:
        """Write the manifest, and return its digest, which stands for everything."""
        told = {"format": FORMAT, "about": asdict(about), "parts": self._parts}
        words = json.dumps(told, indent=1, sort_keys=True).encode()
        self._file.writestr(MANIFEST, words)
        return hashlib.sha256(words).hexdigest()


class Digested:
    """What a part is written to: it counts and digests."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self.size, self.digest = raw, 0, hashlib.sha256()

    def write(self, piece: bytes | memoryview) -> None:
        """Write on."""
        self.size += len(piece)
        self.digest.update(piece)
        self._raw.write(piece)


@contextmanager
def new(to: Path) -> Iterator[Writing]:
    """
    Write a backup: under its name it is whole, and for its owner alone.

    Raises FileExistsError where something is there already.
    """
    if to.exists():
        raise FileExistsError(to)
    half = to.with_name(f".{to.name}.{os.getpid()}.half")
    handle = os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as raw:
            with ZipFile(raw, "w", ZIP_DEFLATED, compresslevel=1) as file:
                yield Writing(file)
            raw.flush()
            os.fsync(raw.fileno())
        os.link(half, to)
    finally:
        half.unlink(missing_ok=True)


class Reading:
    """A backup that is being read. What is read is held against its digest."""

    def __init__(self, file: ZipFile, manifest: Mapping[str, Any], digest: str) -> None:
        self._file = file
        self._parts: Mapping[str, Mapping[str, Any]] = manifest["parts"]
        self.about = About(**manifest["about"])
        self.digest = digest

    def names(self, below: str = "") -> list[str]:
        """Name the parts below a folder."""
        return [name for name in self._parts if name.startswith(below)]

    def pieces(self, name: str) -> Iterator[bytes]:
        """Read a part piece by piece. Raises Broken at its end where it was changed."""
        told, digest = self._parts[name], hashlib.sha256()
        try:
            with self._file.open(name) as raw:
                while piece := raw.read(PIECE):
                    digest.update(piece)
                    yield piece
        except (BadZipFile, ZlibError, EOFError, KeyError) as problem:
            raise Broken(f"The part {name} of the backup is damaged.") from problem
        if digest.hexdigest() != told["sha256"]:
            raise Broken(f"The part {name} of the backup is not what was written.")

    def check(self) -> None:
        """Read everything once. Raises Broken."""
        for name in self._parts:
            for _piece in self.pieces(name):
                pass


@contextmanager
def opened(path: Path) -> Iterator[Reading]:
    """Open a backup. Raises Broken where it is none, or of a format that is not known here."""
    try:
        with ZipFile(path) as file:
            words = file.read(MANIFEST)
            yield _reading(file, words)
    except (BadZipFile, KeyError, ValueError, TypeError) as problem:
        raise Broken(f"{path} is no backup of intersession.") from problem


def _reading(file: ZipFile, words: bytes) -> Reading:
    manifest = json.loads(words)
    if manifest["format"] > FORMAT:
        raise Broken("This backup was made by a newer version of intersession.")
    return Reading(file, manifest, hashlib.sha256(words).hexdigest())
