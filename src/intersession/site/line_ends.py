"""
Line ends that are none (RFC 5321, 2.3.8), by which a second mail may be smuggled in.

Which mails are refused for them, and why not all, is told in docs/decisions/0064. Whoever reads the
lines also knows how much has come, and lets go what there is no room for.
"""

import asyncio
import re
from collections.abc import Buffer, Sized
from typing import Any, Protocol

from aiosmtpd.smtp import SMTP

from intersession.site.room import FULL, Room, Share

BARE = "550 5.5.2 Lines must end with CR LF (RFC 5321, 2.3.8); please send it again so"
SMUGGLED = "550 5.5.2 A dot between bare line ends could hide a second mail (RFC 5321, 4.1.1.4)"

END = b".\r\n"
_SMUGGLED = re.compile(rb"(?:\A|[\r\n])\.[\r\n]")


class Octets(Buffer, Sized, Protocol):
    """What separates lines, as the library wants it."""


class Lines(asyncio.StreamReader):
    """
    Reads the lines of a mail as they stand on the wire, and remembers what their ends are.

    Of a mail that outgrows its share of the room the rest is read and let go.
    """

    def __init__(self, wire: asyncio.StreamReader, share: Share) -> None:
        super().__init__()
        self._wire = wire
        self._share = share
        self._size = 0
        self._left = [b"\r\n", END]
        self.is_full = False
        self.has_bare_end = False
        self.has_smuggled_end = False

    async def readuntil(self, separator: Octets | tuple[Octets, ...] = b"\n") -> bytes:
        """Read a line."""
        if self.is_full:
            return self._left.pop(0)
        line = await self._wire.readuntil(separator)
        if line.count(b"\n") != 1 or line.count(b"\r") != 1:
            self.has_bare_end = True
        if line != END and _SMUGGLED.search(line):
            self.has_smuggled_end = True
        if line != END:
            await self._count(line)
        return line

    async def read(self, n: int = -1) -> bytes:
        """Read a piece of a line that is too long."""
        piece = await self._wire.read(n)
        await self._count(piece)
        return piece

    async def _count(self, octets: bytes) -> None:
        self._size += len(octets)
        if not self._share.holds(self._size):
            self.is_full = True
            await self._let_go(is_begun=not octets.endswith(b"\r\n"))

    async def _let_go(self, *, is_begun: bool) -> None:
        """Read on to the end of the mail; `is_begun`: within a line."""
        while True:
            try:
                line = await self._wire.readuntil(b"\r\n")
            except asyncio.LimitOverrunError as long:
                await self._wire.read(long.consumed)
                is_begun = True
                continue
            if line == END and not is_begun:
                return
            is_begun = False


class Watchful(SMTP):
    """A server that knows how the lines of the mail in hand end, and whether there is room."""

    keeps_bare_ends = False

    def __init__(self, handler: object, *, room: Room, **more: Any) -> None:
        super().__init__(handler, **more)
        self._room = room
        room.connections += 1

    def connection_lost(self, error: Exception | None) -> None:
        """Make room for another connection."""
        super().connection_lost(error)
        self._room.connections -= 1

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 (the library's name)
        """Take a mail in and watch its lines, where there is room for what it announced."""
        with self._room.share(self._announced()) as share:
            if share is None:
                await self.push(FULL)
            else:
                await self._take_in(arg, share)

    def _announced(self) -> int:
        """Return the size that MAIL told (RFC 1870), which the library has read; 0 for none."""
        told = self.envelope.mail_options if self.envelope else []
        return max((int(one[5:]) for one in told if one.startswith("SIZE=")), default=0)

    async def _take_in(self, arg: str, share: Share) -> None:
        wire = self._reader
        self._reader = self._lines = Lines(wire, share)
        try:
            await super().smtp_DATA(arg)
        finally:
            self._reader = wire

    def unfit(self) -> str:
        """Return the reply that refuses the mail in hand, for room or line ends; empty: none."""
        if self._lines.is_full:
            return FULL
        if self._lines.has_smuggled_end:
            return SMUGGLED
        return BARE if self._lines.has_bare_end and not self.keeps_bare_ends else ""
