"""Archives as they lie on disk, cut into messages: streaming, and from any place of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from gzip import BadGzipFile
from gzip import open as open_gzip
from hashlib import sha256
from io import SEEK_END, BufferedIOBase
from itertools import accumulate
from pathlib import Path
from zlib import error as damaged_zip

CHUNK = 1 << 18
LARGEST = 32 << 20
"""Bytes of the largest message that is taken."""

_FROM = re.compile(
    rb"From (?=[^\n]*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b)(?=[^\n]*\d\d?:\d\d)"
    rb"(?=[^\n]*\b(?:19|20)\d\d\b)[^\n]{1,400}\n"
)
_HEADER = re.compile(rb"[!-9;-~]{1,80}:")
_FIRST = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t\r\n]")
_KNOWN = re.compile(
    rb"^(?:From|To|Cc|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Content-Type"
    rb"|Delivered-To|References|In-Reply-To|Newsgroups|Sender|Reply-To):",
    re.IGNORECASE | re.MULTILINE,
)
_MAILDIR = re.compile(r"(\d{1,10})\.")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


_EMPTY = "It is empty."
_NEITHER = "It is neither a mailbox nor a message."
NO_FURTHER = "The file cannot be read further"
"""How the reason begins where an archive breaks off: what comes before it is whole."""
_START = 1 << 14
_DAMAGES = (OSError, EOFError, BadGzipFile, damaged_zip)


class NotMail(Exception):
    """The file is no mailbox. Says what it is instead, in a sentence."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One message as it was found: where it ends, its From line, its bytes, or why it has none."""

    part: int
    end: int
    place: str
    envelope: str
    raw: bytes
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An archive on disk: a mailbox, plain or gzipped, or a folder of them or of messages."""

    path: Path
    parts: tuple[str, ...]
    fingerprint: str
    ends: tuple[int, ...]

    @property
    def name(self) -> str:
        """The name of the file or folder, in letters that any place can store."""
        name = self.parts[0] if len(self.parts) == 1 else self.path.name
        return name.encode("utf-8", "replace").decode()

    def share(self, part: int, offset: int) -> float:
        """Tell how much of the archive lies before a place, between 0 and 1."""
        before = self.ends[part - 1] if part else 0
        return min(1.0, (before + offset) / max(1, self.ends[-1]))

    def pieces(self, part: int = 0, offset: int = 0) -> Iterator[Piece]:
        """Cut the archive into messages, from a place in it that an earlier reading came to."""
        for number in range(part, len(self.parts)):
            yield from _pieces_of(self, number, offset if number == part else 0)


def source_at(path: Path) -> Source:
    """
    Look at what lies at a path. Raises NotMail where it is nothing that holds mail.

    The fingerprint tells whether it is the same archive as another time; one that has grown at its
    end is the same.
    """
    if path.is_dir():
        parts = tuple(_files_in(path))
        if not parts:
            raise NotMail(f"“{path.name}” is a folder without files.")
        marks = sha256("\n".join(parts).encode("utf-8", "surrogateescape"))
        sizes = (_size(path / part) for part in parts)
        return Source(path, parts, marks.hexdigest(), tuple(accumulate(sizes)))
    if not path.is_file():
        raise NotMail(f"“{path}” does not exist.")
    with _opened(path) as stream:
        start = _start_of(stream, path)
    if start.startswith(b"PK\x03\x04"):
        raise NotMail(f"“{path.name}” is a zip file: unpack it, and name the folder.")
    if _kind(start) == "other":
        raise NotMail(
            f"“{path.name}” is no mailbox: it begins neither with a “From ” line nor with the "
            "header of a message."
        )
    marks = sha256(path.name.encode("utf-8", "surrogateescape") + start)
    return Source(path.parent, (path.name,), marks.hexdigest(), (_size(path),))


def _files_in(folder: Path) -> Iterator[str]:
    """List the files of a folder by name; of a maildir those of `new` and `cur`."""
    is_maildir = (folder / "cur").is_dir() and (folder / "new").is_dir()
    for directory in sorted([folder, *(item for item in folder.rglob("*") if item.is_dir())]):
        if is_maildir and directory.name not in ("cur", "new"):
            continue
        yield from sorted(
            str(item.relative_to(folder))
            for item in directory.iterdir()
            if item.is_file() and not item.name.startswith(".")
        )


def _size(path: Path) -> int:
    """Return the bytes of a file; of a gzipped one those inside, as its end says (RFC 1952)."""
    with path.open("rb") as stream:
        zipped = stream.read(2) == b"\x1f\x8b"
        size = stream.seek(0, SEEK_END)
        if not zipped or size < 18:
            return size
        stream.seek(-4, SEEK_END)
        return int.from_bytes(stream.read(4), "little")


def _opened(path: Path) -> BufferedIOBase:
    with path.open("rb") as probe:
        zipped = probe.read(2) == b"\x1f\x8b"
    return open_gzip(path, "rb") if zipped else path.open("rb")


def _start_of(stream: BufferedIOBase, path: Path) -> bytes:
    try:
        return _start(stream)
    except _DAMAGES as problem:
        raise NotMail(f"“{path.name}” cannot be read: {problem}.") from problem


def _start(stream: BufferedIOBase) -> bytes:
    """Read how a file begins; of one that breaks off before, all there is."""
    start = b""
    try:
        while len(start) < _START and (more := stream.read1(_START - len(start))):
            start += more
    except _DAMAGES:
        if not start:
            raise
    return start


def _kind(start: bytes) -> str:
    begin = start.lstrip(b"\r\n \t")
    if not begin:
        return "empty"
    if begin.startswith(b"From "):
        return "mailbox"
    return "message" if _FIRST.match(begin) and _KNOWN.search(begin) else "other"


def _pieces_of(source: Source, part: int, offset: int) -> Iterator[Piece]:
    file = source.path / source.parts[part]
    name = source.parts[part].encode("utf-8", "replace").decode()
    try:
        with _opened(file) as stream:
            kind = _kind(_start(stream))
            stream.seek(0)
            if kind == "mailbox":
                yield from _cut(stream, part, offset, name)
            elif kind == "message" and not offset:
                raw = stream.read(LARGEST + 1)
                yield _piece(part, len(raw), name, _envelope(file), raw)
            elif kind != "mailbox" and not offset and (kind == "other" or len(source.parts) > 1):
                words = _NEITHER if kind == "other" else _EMPTY
                yield Piece(part, 1, name, "", b"", problem=words)
    except _DAMAGES as problem:
        words = f"{NO_FURTHER}: {problem}."
        yield Piece(part, offset + 1, name, "", b"", problem=words)


def _envelope(file: Path) -> str:
    """Write the From line of a message in a maildir: the name of its file tells when it came."""
    seconds = _MAILDIR.match(file.name)
    if seconds is None or file.parent.name not in ("cur", "new"):
        return ""
    return f"From maildir {datetime.fromtimestamp(int(seconds[1]), UTC):%a %b %d %H:%M:%S %Y}"


def _cut(stream: BufferedIOBase, part: int, offset: int, name: str) -> Iterator[Piece]:
    """Cut a mailbox at its From lines. Holds one message and one chunk at a time."""
    stream.seek(offset)
    held, begin, looked, skipped = bytearray(), offset, 1, 0
    is_done = False
    while not is_done:
        chunk = stream.read1(CHUNK)  # of a damaged file, what comes before the damage
        is_done = not chunk
        held += chunk
        while (cut := _next_from(held, looked, is_last=is_done)) is not None:
            begin += cut
            yield _mail(part, begin, name, bytes(held[:cut]), skipped)
            del held[:cut]
            looked, skipped = 1, 0
        looked = max(1, len(held) - 1000)
        if len(held) > LARGEST + CHUNK:
            dropped = len(held) - 1000 - LARGEST // 2
            del held[LARGEST // 2 : LARGEST // 2 + dropped]
            begin, skipped, looked = begin + dropped, skipped + dropped, LARGEST // 2
    if held.strip():
        yield _mail(part, begin + len(held), name, bytes(held), skipped)


def _next_from(held: bytearray, start: int, *, is_last: bool) -> int | None:
    """Find the next From line that begins a message: after a blank line, or before a header."""
    while (found := held.find(b"\nFrom ", start - 1)) >= 0:
        line = _FROM.match(held, found + 1)
        if line is None and not is_last and b"\n" not in held[found + 1 :]:
            return None
        if line and not is_last and len(held) - line.end() < 100:
            return None
        if line and (
            held[found - 1 : found] == b"\n"
            or held[found - 2 : found] == b"\n\r"
            or _HEADER.match(held, line.end())
        ):
            return found + 1
        start = found + 2
    return None


def _mail(part: int, end: int, name: str, block: bytes, skipped: int) -> Piece:
    block = block.lstrip(b"\r\n")
    line, _, raw = block.partition(b"\n")
    place = f"{name}:{end - len(block) - skipped}"
    if raw.endswith(b"\n\n"):
        raw = raw[:-1]
    elif raw.endswith(b"\n\r\n"):
        raw = raw[:-2]
    if b">From " in raw:
        raw = _ESCAPED.sub(rb"\1", raw)
    if skipped:
        raw += b"\0" * (LARGEST + 1)
    return _piece(part, end, place, line.decode("latin-1").strip(), raw)


def _piece(part: int, end: int, place: str, envelope: str, raw: bytes) -> Piece:
    problem = ""
    if len(raw) > LARGEST:
        raw, problem = b"", f"It is larger than {LARGEST // 1_000_000} MB."
    elif not raw.strip():
        raw, problem = b"", _EMPTY
    return Piece(part, end, place, envelope, raw, problem)
