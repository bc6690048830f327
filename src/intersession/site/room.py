"""How much the listener takes in at a time: what does not fit is asked to come again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

CONNECTIONS = 100
"""Connections at a time."""
IN_HAND = 64_000_000
"""Bytes of mails that are on their way in or kept and not yet answered."""

CROWDED = "421 4.3.2 Too many connections; please try again later"
FULL = "451 4.3.2 Too much mail is in hand; please try again later"


class Room:
    """The room for connections and for mails in hand. To be used within one event loop."""

    def __init__(self, largest: int) -> None:
        """Make room in which the largest mail that is taken fits always when it is alone."""
        self.most = max(IN_HAND, largest)
        self.taken = 0
        self.connections = 0

    @contextmanager
    def share(self, announced: int) -> Iterator["Share | None"]:
        """Give a mail its share until it is answered; None where what it announced is too much."""
        share = Share(self)
        try:
            yield share if share.holds(announced) else None
        finally:
            self.taken -= share.size


class Share:
    """What one mail takes of the room."""

    def __init__(self, room: Room) -> None:
        self.size = 0
        self._room = room

    def holds(self, size: int) -> bool:
        """Test whether so many bytes of the mail fit, and take the room for them."""
        more = max(0, size - self.size)
        if self._room.taken + more > self._room.most:
            return False
        self._room.taken += more
        self.size += more
        return True


class Crowded(asyncio.Protocol):
    """A connection too many: it hears so, and ends (RFC 5321, 3.8)."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say so and close."""
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(f"{CROWDED}\r\n".encode())
        transport.close()
