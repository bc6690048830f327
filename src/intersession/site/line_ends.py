"""
Line ends that are none (RFC 5321, 2.3.8), by which a second mail may be smuggled in.

Which mails are refused for them, and why not all, is told in docs/decisions/0064.
"""

import asyncio
import re
from collections.abc import Buffer, Sized
from typing import Protocol

from aiosmtpd.smtp import SMTP

BARE = "550 5.5.2 Lines must end with CR LF (RFC 5321, 2.3.8); please send it again so"
SMUGGLED = "550 5.5.2 A dot between bare line ends could hide a second mail (RFC 5321, 4.1.1.4)"

END = b".\r\n"
_SMUGGLED = re.compile(rb"(?:\A|[\r\n])\.[\r\n]")


class Octets(Buffer, Sized, Protocol):
    """What separates lines, as the library wants it."""


class Lines(asyncio.StreamReader):
    """Reads the lines of a mail as they stand on the wire, and remembers what their ends are."""

    def __init__(self, wire: asyncio.StreamReader) -> None:
        super().__init__()
        self._wire = wire
        self.has_bare_end = False
        self.has_smuggled_end = False

    async def readuntil(self, separator: Octets | tuple[Octets, ...] = b"\n") -> bytes:
        """Read a line."""
        line = await self._wire.readuntil(separator)
        if line.count(b"\n") != 1 or line.count(b"\r") != 1:
            self.has_bare_end = True
        if line != END and _SMUGGLED.search(line):
            self.has_smuggled_end = True
        return line

    async def read(self, n: int = -1) -> bytes:
        """Read a piece of a line that is too long."""
        return await self._wire.read(n)


class Watchful(SMTP):
    """A server that knows how the lines of the mail in hand end."""

    keeps_bare_ends = False

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 (the library's name)
        """Take a mail in and watch its lines."""
        wire = self._reader
        self._reader = self._lines = Lines(wire)
        try:
            await super().smtp_DATA(arg)
        finally:
            self._reader = wire

    def bad_ends(self) -> str:
        """Return the reply that refuses the mail in hand for its line ends; empty: it is fit."""
        if self._lines.has_smuggled_end:
            return SMUGGLED
        return BARE if self._lines.has_bare_end and not self.keeps_bare_ends else ""
