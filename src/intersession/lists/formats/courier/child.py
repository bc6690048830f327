"""The program of a courier's child: posts and copies in by one pipe, their fates out by another."""

import asyncio
import os
import sys
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from ssl import create_default_context
from typing import Any

from uvloop import run

from intersession.lists.formats.courier.connection import Connection
from intersession.lists.formats.courier.letters import Press, Ready, Unsendable
from intersession.lists.formats.courier.messages import (
    Copy,
    Deferred,
    Down,
    Event,
    Frames,
    Key,
    Letter,
    Refused,
    Sent,
    Server,
    framed,
)
from intersession.lists.formats.courier.talking import Unreachable

_SIGNED = 5
"""Copies for each connection that are signed ahead: work for the time that marks take."""
_NICE = 10
"""Who takes copies from us, or marks them, goes first: there is work for us after them."""
_TOGETHER = 0.002
"""Seconds for which a copy's fate waits at most to be told with those of others."""
_TRIES = 3
"""How often a copy goes back for another connection before it is deferred."""
_FRUITLESS = 4
"""Connections in a row, for each that may be open, that end without a fate for any copy."""
_OPENING = 30
_LOOKS = 1.0
"""Seconds for a session to open, and between looks for a server that fell silent."""


class Child:
    """A few connections, the copies that wait for them, and one that signs ahead of them."""

    def __init__(self, server: Server, out: asyncio.WriteTransport) -> None:
        self._server = server
        self._out = out
        self._loop = asyncio.get_running_loop()
        self._presses: dict[int, Press] = {}
        self._waiting: deque[Copy] = deque()
        self._ready: deque[Ready] = deque()
        self._connections: set[Connection] = set()
        self._resting: list[Connection] = []
        self._unmarked: dict[Key, Connection | None] = {}
        self._opening: set[asyncio.Task[None] | None] = set()
        self._fruitless = 0
        self._news: list[Event] = []
        self._is_signing = False

    def letter(self, letter: Letter) -> None:
        """Keep a post whose copies will follow."""
        self._presses[letter.number] = Press(letter)

    def forget(self, number: int) -> None:
        """Drop a post: its copies are all settled."""
        self._presses.pop(number, None)

    def copies(self, copies: Iterable[tuple[Any, ...]]) -> None:
        """Take in copies to be sent."""
        self._waiting.extend(Copy(*copy) for copy in copies)
        self._sign_ahead()
        self._open_more()

    def go(self, keys: Iterable[Key]) -> None:
        """Let the connections go on whose last copies are marked."""
        for key in keys:
            connection = self._unmarked.pop(key, None)
            if connection is not None:
                connection.marked()
        self._open_more()

    # What connections ask and tell.

    def take(self) -> Ready | None:
        """Give the next copy, signed."""
        ready = self._ready.popleft() if self._ready else None
        self._sign_ahead()
        return ready

    def rest(self, connection: Connection) -> None:
        """Have a connection wait until a copy is ready."""
        if connection not in self._resting:
            self._resting.append(connection)

    def give_back(self, ready: Ready, words: str) -> None:
        """Take back a copy that was not sent, for another connection."""
        if ready.tries >= _TRIES:
            self.tell(Deferred(*ready.copy.key, 421, words, "MAIL"))
        else:
            self._ready.appendleft(ready._replace(tries=ready.tries + 1))
            self._loop.call_soon(self._wake)

    def tell(self, event: Event) -> None:
        """Tell the parent, with whatever else is to be told by then."""
        self._news.append(event)
        self._loop.call_soon(self._tell_all)

    def sent(self, connection: Connection, event: Sent) -> None:
        """
        Tell that a copy is sent; its connection goes on when the mark is committed.

        Copies whose answers are on their way are told with it: a commit for four is as dear as one.
        """
        self._unmarked[event.parcel, event.number] = connection
        if not any(one.is_giving for one in self._connections):
            self.tell(event)
            return
        if not self._news:
            self._loop.call_later(_TOGETHER, self._tell_all)
        self._news.append(event)

    def lost(self, connection: Connection) -> None:
        """
        Open another in place of one that ended, once its last copy is marked.

        A server that takes connections and ends them all without a word on a copy is down.
        """
        if connection not in self._connections:
            return  # it never opened: who tried to open it knows
        self._connections.discard(connection)
        if connection in self._resting:
            self._resting.remove(connection)
        if connection.unmarked in self._unmarked:
            self._unmarked[connection.unmarked] = None
        self._fruitless = 0 if connection.has_helped else self._fruitless + 1
        if self._fruitless > _FRUITLESS * self._server.connections:
            self._hand_back("The mail server ends every connection.")
        self._open_more()

    def _tell_all(self) -> None:
        if self._news:
            news, self._news = self._news, []
            self._out.write(framed(news))

    # Signing ahead, one copy between two rounds of talk.

    def _sign_ahead(self) -> None:
        has_room = len(self._ready) < _SIGNED * self._server.connections
        if has_room and self._waiting and not self._is_signing:
            self._is_signing = True
            self._loop.call_soon(self._sign_one)

    def _sign_one(self) -> None:
        self._is_signing = False
        if self._waiting:
            copy = self._waiting.popleft()
            try:
                self._ready.append(self._presses[copy.letter].ready(copy))
            except Unsendable as problem:
                self.tell(Refused(*copy.key, 553, str(problem), "COPY"))
            except Exception as problem:  # whatever is wrong with one copy, the others go out
                self.tell(Deferred(*copy.key, 451, repr(problem), "COPY"))
        self._wake()
        self._sign_ahead()

    def _wake(self) -> None:
        """Have connections that rest take what is ready."""
        while self._ready and self._resting:
            connection = self._resting.pop()
            connection.offer()
            connection.speak()

    # Opening connections, and closing those that fell silent.

    def _open_more(self) -> None:
        copies = len(self._waiting) + len(self._ready) - len(self._resting) - len(self._opening)
        orphans = sum(connection is None for connection in self._unmarked.values())
        held = len(self._connections) + len(self._opening) + orphans
        for _ in range(min(copies, self._server.connections - held)):
            self._opening.add(self._loop.create_task(self._open()))

    async def _open(self) -> None:
        task, connection = asyncio.current_task(), Connection(self)
        server = self._server
        secure = create_default_context() if server.security == "tls" else None
        try:
            async with asyncio.timeout(_OPENING):
                await self._loop.create_connection(
                    lambda: connection, server.host, server.port, ssl=secure
                )
                await connection.open(server)
        except (OSError, TimeoutError, Unreachable) as problem:
            connection.leave()
            self._opening.discard(task)
            self._failed(str(problem) or "The mail server does not answer.")
            return
        self._opening.discard(task)
        self._connections.add(connection)
        connection.offer()
        connection.speak()

    def _failed(self, words: str) -> None:
        """Hand back every copy where no connection is left that could take one."""
        if not self._connections and not self._opening:
            self._hand_back(words)

    def _hand_back(self, words: str) -> None:
        unsent = [copy.key for copy in self._waiting] + [one.copy.key for one in self._ready]
        self._waiting.clear()
        self._ready.clear()
        self.tell(Down(words, unsent))

    async def watch(self) -> None:
        """Break off with a server that has not answered for too long. Runs for ever."""
        while True:
            await asyncio.sleep(min(_LOOKS, self._server.patience))
            for connection in list(self._connections):
                since = connection.waits_since
                if since and self._loop.time() - since > self._server.patience:
                    connection.leave()


class Pipe(asyncio.Protocol):
    """The pipe from the parent. When it closes the child ends at once."""

    def __init__(self, out: asyncio.WriteTransport) -> None:
        self._out = out
        self._frames = Frames()
        self._child: Child | None = None
        self._watch: asyncio.Task[None] | None = None

    def data_received(self, data: bytes) -> None:
        """Do what the parent asks for, in order."""
        for asked, given in self._frames.fed(data):
            if self._child is None:
                self._child = Child(given, self._out)
                self._watch = asyncio.get_running_loop().create_task(self._child.watch())
            else:
                getattr(self._child, ASKED[asked])(given)

    def eof_received(self) -> None:
        """End."""
        os._exit(0)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        os._exit(0)


ASKED = {"letter": "letter", "copies": "copies", "go": "go", "forget": "forget"}


class Away(asyncio.BaseProtocol):
    """The pipe to the parent. When nobody reads it the child ends at once."""

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        os._exit(0)


async def serve() -> None:
    """Serve until the parent closes the pipe."""
    loop = asyncio.get_running_loop()
    out, _ = await loop.connect_write_pipe(Away, sys.stdout.buffer)
    await loop.connect_read_pipe(lambda: Pipe(out), sys.stdin.buffer)
    await loop.create_future()


def main() -> None:
    """Run the child's program; Ctrl-C is for the parent, which ends its children in order."""
    with suppress(OSError):  # where nobody may change it, copies leave at the usual priority
        os.nice(_NICE)
    run(serve())


if __name__ == "__main__":
    main()
