"""A mail server that counts: it takes copies as fast as they come, and notes whose each one was."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from threading import Thread
from time import time
from types import TracebackType
from typing import NamedTuple, Self

FEATURES = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 100000000\r\n"
MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*<([^>]*)>")
INSIDE = re.compile(rb"<([^>]*)>")

type Answer = Callable[[bytes, str], bytes | None]
"""A command (`CONNECT`, `RCPT`, `DATA`, `END`) and the recipient: an answer, empty to hang up."""


class Copy(NamedTuple):
    """A copy that was taken: when (seconds since 1970), for whom, of which mail."""

    at: float
    recipient: str
    message_id: str


def as_usual(command: bytes, recipient: str) -> bytes | None:
    """Take everything."""
    return None


class Session(asyncio.Protocol):
    """One connection, whose commands may come in groups (RFC 2920)."""

    def __init__(self, sink: "Sink") -> None:
        self.sink = sink
        self.held = b""
        self.recipient = self.sender = ""
        self.is_content = self.has_recipient = False
        self.replies: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.sink.sessions.add(self)
        self.sink.most = max(self.sink.most, len(self.sink.sessions))
        self.reply(b"CONNECT", b"220 sink\r\n")
        self.flush()

    def connection_lost(self, exc: Exception | None) -> None:
        self.sink.sessions.discard(self)

    def data_received(self, data: bytes) -> None:
        self.held += data
        while not self.transport.is_closing() and (
            self.content() if self.is_content else self.line()
        ):
            pass
        self.flush()

    def line(self) -> bool:
        line, end, rest = self.held.partition(b"\r\n")
        if not end:
            return False
        self.held, command = rest, line[:4].upper()
        if command == b"MAIL":
            self.sender = self.address(line)
        elif command == b"RCPT":
            self.recipient = self.address(line)
        usual = {b"EHLO": FEATURES, b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
        if command == b"DATA" and not self.has_recipient:
            self.replies.append(b"554 no recipient\r\n")  # pipelined behind one that was refused
            return True
        answer = self.reply(command, usual.get(command, b"250 fine\r\n"))
        if command in (b"MAIL", b"RCPT"):
            self.has_recipient = command == b"RCPT" and answer.startswith(b"250")
        self.is_content = command == b"DATA" and answer.startswith(b"354")
        return True

    def address(self, line: bytes) -> str:
        found = INSIDE.search(line)
        return found[1].decode() if found else ""

    def content(self) -> bool:
        content, end, rest = self.held.partition(b"\r\n.\r\n")
        if not end:
            return False
        self.held, self.is_content = rest, False
        answer = self.reply(b"END", b"250 taken\r\n")
        if answer.startswith(b"250"):
            found = MESSAGE_ID.search(content[: content.find(b"\r\n\r\n") + 2])
            self.sink.take(
                self, Copy(time(), self.recipient, found[1].decode() if found else ""), content
            )
        return True

    def reply(self, command: bytes, usual: bytes) -> bytes:
        told = self.sink.answer(command, self.recipient)
        answer = usual if told is None else told
        if answer:
            self.replies.append(answer)
        else:
            self.flush()
            self.transport.abort()
        return answer

    def flush(self) -> None:
        if self.replies and not self.transport.is_closing():
            self.transport.write(b"".join(self.replies))
        self.replies.clear()


class Sink:
    """
    Takes mail while the block runs, on a port that stays the same over `stop` and `start`.

    `taken` are the copies in their order; with `keeps` their contents stand in `contents`.
    """

    def __init__(self, *, answer: Answer = as_usual, keeps: bool = False) -> None:
        self.answer, self.keeps = answer, keeps
        self.taken: list[Copy] = []
        self.contents: list[tuple[str, str, bytes]] = []
        self.sessions: set[Session] = set()
        self.port = self.most = 0
        self.loop = asyncio.new_event_loop()

    def take(self, session: Session, copy: Copy, content: bytes) -> None:
        """Note a copy; it counts from its last byte, whether or not the answer is heard."""
        self.taken.append(copy)
        if self.keeps:
            whole = re.sub(rb"(?m)^\.\.", b".", content) + b"\r\n"
            self.contents.append((session.sender, copy.recipient, whole))

    def times(self) -> Counter[tuple[str, str]]:
        """Count how often each recipient got each mail."""
        return Counter((copy.recipient, copy.message_id) for copy in self.taken)

    def is_quiet(self, seconds: float) -> bool:
        """Test whether nothing has come for so long."""
        return not self.taken or time() - self.taken[-1].at > seconds

    def start(self) -> None:
        """Listen."""
        asyncio.run_coroutine_threadsafe(self._start(), self.loop).result(10)

    async def _start(self) -> None:
        self.server = await self.loop.create_server(lambda: Session(self), "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Listen no more, and break off every connection."""
        asyncio.run_coroutine_threadsafe(self._stop(), self.loop).result(10)

    async def _stop(self) -> None:
        self.server.close()
        for session in list(self.sessions):
            session.transport.abort()
        await asyncio.sleep(0)

    def __enter__(self) -> Self:
        self.thread = Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()
