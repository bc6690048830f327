"""
Zip files written as they are sent: one file in memory at a time, the list of files on disk.

Python's own writer keeps an object for every file until the end, a gigabyte for a million of them.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from struct import pack
from tempfile import TemporaryFile
from typing import IO
from zlib import DEFLATED, MAX_WBITS, compressobj, crc32

LEVEL = 6
CHUNK = 1 << 18
_UTF_8 = 0x800
_FULL = 0xFFFFFFFF


class Zip:
    """A zip file (APPNOTE 6.3) on its way out: `file` for each of its files, `end` at the end."""

    def __init__(self) -> None:
        self._kept: IO[bytes] | None = None
        self._count = 0
        self._offset = 0

    @property
    def _places(self) -> IO[bytes]:
        """The list of files, opened with the first of them, for many a zip is never read."""
        if self._kept is None:
            self._kept = TemporaryFile()  # noqa: SIM115 (closed by `end` or `close`)
        return self._kept

    def close(self) -> None:
        """Drop what was not sent: whoever wanted it went away."""
        if self._kept is not None:
            self._kept.close()

    def file(self, name: str, chunks: Iterable[bytes], at: datetime) -> bytes:
        """Return the bytes of one file; its content is deflated piece by piece."""
        press = compressobj(LEVEL, DEFLATED, -MAX_WBITS)
        packed, size, check = bytearray(), 0, 0
        for chunk in chunks:
            size, check = size + len(chunk), crc32(chunk, check)
            packed += press.compress(chunk)
        packed += press.flush()
        named, stamp = name.encode(), _stamp(at)
        about = pack("<HHHIIIIH", 20, _UTF_8, DEFLATED, stamp, check, len(packed), size, len(named))
        entry = b"PK\x03\x04" + about + pack("<H", 0) + named
        self._keep(about, named)
        self._offset += len(entry) + len(packed)
        self._count += 1
        return entry + bytes(packed)

    def _keep(self, about: bytes, named: bytes) -> None:
        """Keep what the list of files says of one: the same, and where it begins."""
        far = self._offset >= _FULL
        extra = pack("<HHQ", 1, 8, self._offset) if far else b""
        self._places.write(
            b"PK\x01\x02" + pack("<H", 3 << 8 | 45) + about
            + pack("<HHHHII", len(extra), 0, 0, 0, 0o100644 << 16, _FULL if far else self._offset)
            + named + extra
        )  # fmt: skip

    def end(self) -> Iterator[bytes]:
        """Give the list of files and the end, in the form for large ones (Zip64) too."""
        with self._places as places:
            size = places.tell()
            places.seek(0)
            while chunk := places.read(CHUNK):
                yield chunk
        at = self._offset + size
        yield b"PK\x06\x06" + pack(
            "<QHHIIQQQQ", 44, 3 << 8 | 45, 45, 0, 0, self._count, self._count, size, self._offset
        )
        yield b"PK\x06\x07" + pack("<IQI", 0, at, 1)
        few, near = min(self._count, 0xFFFF), min(self._offset, _FULL)
        yield b"PK\x05\x06" + pack("<HHHHIIH", 0, 0, few, few, min(size, _FULL), near, 0)


def _stamp(at: datetime) -> int:
    """Write a moment as DOS did: two numbers of sixteen bits, in UTC here, not before 1980."""
    when = max(at.astimezone(UTC), datetime(1980, 1, 1, tzinfo=UTC))
    time = when.hour << 11 | when.minute << 5 | when.second >> 1
    return (min(when.year - 1980, 127) << 9 | when.month << 5 | when.day) << 16 | time
