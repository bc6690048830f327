"""How one talks SMTP: commands out, in groups where the server takes them, and answers in."""

import asyncio
from base64 import b64encode
from collections import deque
from collections.abc import Callable
from ssl import create_default_context
from typing import NamedTuple, cast

from intersession.lists.formats.courier.messages import Server
from intersession.lists.rules.charsets import clean

_LONGEST = 64_000


class Reply(NamedTuple):
    """An answer of the server: its code, and its words on one line."""

    code: int
    words: str


class Unreachable(Exception):
    """No session can be opened."""


type Heard = Callable[[Reply], None]


class Talk(asyncio.Protocol):
    """One session: each command is said with who hears its answer, in order (RFC 2920)."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.features: dict[str, str] = {}
        self.waits_since = 0.0
        self._hearers: deque[Heard] = deque()
        self._later: deque[tuple[bytes, Heard]] = deque()
        self._said: list[bytes] = []
        self._heard = b""
        self._lines: list[str] = []
        self._loop = asyncio.get_running_loop()
        self._asked: asyncio.Future[Reply] = self._loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, or begin anew under TLS; a greeting may be here before anybody asks for it."""
        if self.transport is None:
            self.hear_next(_put_into(self._asked))
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Hear answers, however they are cut."""
        *lines, self._heard = (self._heard + data).split(b"\n")
        for line in lines:
            self._hear(clean(line.rstrip(b"\r").decode("utf-8", "replace")))
        if len(self._heard) > _LONGEST:
            self.leave()
        self.speak()

    def _hear(self, line: str) -> None:
        self._lines.append(line[4:200])
        if line[3:4] == "-" and len(self._lines) < 200:
            return
        words, self._lines = " ".join(self._lines), []
        if not self._hearers or not (line[:3].isascii() and line[:3].isdigit()):
            self.leave()
            return
        hearer = self._hearers.popleft()
        self.waits_since = self._loop.time() if self._hearers else 0.0
        hearer(Reply(int(line[:3]), words))
        if self._later and not self._hearers:
            self._say(*self._later.popleft())

    def say(self, line: bytes, hearer: Heard) -> None:
        """Say a command as soon as the server takes one. `speak` sends what was said."""
        if self._later or (self._hearers and "PIPELINING" not in self.features):
            self._later.append((line, hearer))
        else:
            self._say(line, hearer)

    def _say(self, line: bytes, hearer: Heard) -> None:
        self.hear_next(hearer)
        self._said.append(line)

    def give(self, *content: bytes) -> None:
        """Say what is no command."""
        self._said += content

    def hear_next(self, hearer: Heard) -> None:
        """Have somebody hear the answer after those that are awaited already."""
        if not self._hearers:
            self.waits_since = self._loop.time()
        self._hearers.append(hearer)

    def speak(self) -> None:
        """Send what was said, in one go."""
        if not self._said or self.transport is None:
            return
        said, self._said = self._said, []
        if not self.transport.is_closing():
            self.transport.writelines(said)

    def leave(self) -> None:
        """Break off."""
        if self.transport is not None:
            self.transport.abort()

    def give_up(self) -> None:
        """Have nobody hear an answer any more."""
        self._hearers.clear()
        self._later.clear()
        self._said.clear()
        if not self._asked.done():
            self._asked.set_result(Reply(0, "The mail server closed the connection."))

    async def ask(self, line: bytes, *good: int) -> Reply:
        """Say a command and wait. Raises Unreachable unless the answer is one of `good`."""
        if self.transport is None or self.transport.is_closing():
            raise Unreachable("The mail server closed the connection.")
        heard: asyncio.Future[Reply] = self._loop.create_future()
        self._asked = heard
        self.say(line, _put_into(heard))
        self.speak()
        return await self._answer(*good)

    async def _answer(self, *good: int) -> Reply:
        reply = await self._asked
        if reply.code not in good:
            raise Unreachable(f"{reply.code or ''} {reply.words}".strip())
        return reply

    async def open(self, server: Server) -> None:
        """Greet, secure and sign in. Raises Unreachable where the server does not go along."""
        await self._answer(220)
        await self._greet(server)
        if server.security == "starttls":
            await self._secure(server)
        if server.user:
            await self._sign_in(server)

    async def _greet(self, server: Server) -> None:
        hello = server.hello.encode()
        try:
            lines = (await self._lines_of(b"EHLO " + hello))[1:]
        except Unreachable:
            await self.ask(b"HELO " + hello + b"\r\n", 250)
            lines = []
        pairs = (line.partition(" ") for line in lines)
        self.features = {name.upper(): value for name, _, value in pairs}

    async def _lines_of(self, line: bytes) -> list[str]:
        """Ask for a reply whose lines matter one by one."""
        kept: list[str] = []
        self._lines = kept
        await self.ask(line + b"\r\n", 250)
        return kept

    async def _secure(self, server: Server) -> None:
        if "STARTTLS" not in self.features or self.transport is None:
            raise Unreachable("The server offers no TLS.")
        await self.ask(b"STARTTLS\r\n", 220)
        self._heard = b""  # what came before TLS does not count after it
        self.transport = await self._loop.start_tls(
            self.transport, self, create_default_context(), server_hostname=server.host
        )
        await self._greet(server)

    async def _sign_in(self, server: Server) -> None:
        ways = self.features.get("AUTH", "").upper().split()
        if "LOGIN" in ways and "PLAIN" not in ways:
            await self.ask(b"AUTH LOGIN\r\n", 334)
            await self.ask(b64encode(server.user.encode()) + b"\r\n", 334)
            await self.ask(b64encode(server.password.encode()) + b"\r\n", 235)
            return
        told = b64encode(f"\0{server.user}\0{server.password}".encode())
        await self.ask(b"AUTH PLAIN " + told + b"\r\n", 235)


def _put_into(future: asyncio.Future[Reply]) -> Heard:
    def put(reply: Reply) -> None:
        if not future.done():
            future.set_result(reply)

    return put
