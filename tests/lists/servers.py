"""A mail server of tests: it speaks SMTP, answers as it is told to, and keeps what it heard."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ssl import SSLContext

FEATURES = ("PIPELINING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE 60000000")

type Answer = Callable[[str, str], str | None]
"""A command (`CONNECT`, `EHLO`, `MAIL` …, `CONTENT`) and its line: an answer, empty to hang up."""


def as_usual(command: str, line: str) -> str | None:
    return None


@dataclass
class MailServer:
    """Each connection has a thread; `log` holds (connection, what was heard), in order."""

    features: tuple[str, ...] = FEATURES
    answer: Answer = as_usual
    secure: SSLContext | None = None
    """How TLS is spoken; from the start, unless STARTTLS is among the features."""
    log: list[tuple[int, str]] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def heard(self, command: str) -> list[str]:
        """Give the lines of a command, of all connections."""
        return [line for _, line in self.log if line.upper().startswith(command)]

    def hang_up(self) -> None:
        """Break every connection, as a server that is restarted does."""
        for one in self._open:
            with suppressed():
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with suppressed():
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            self.connections += 1
            number = self.connections
            threading.Thread(target=self._serve, args=(connection, number), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with suppressed():
            if self.secure and "STARTTLS" not in self.features:
                connection = self.secure.wrap_socket(connection, server_side=True)
            connection.sendall(self._reply("CONNECT", "", "220 test"))
            while self._talk(connection, number) and self.secure:
                connection = self.secure.wrap_socket(connection, server_side=True)
        with suppressed():
            connection.close()

    def _talk(self, connection: socket.socket, number: int) -> bool:
        """Talk until the end, or until TLS is to begin."""
        with connection.makefile("rb") as lines:
            for raw in lines:
                line = raw.decode().rstrip("\r\n")
                self.log.append((number, line))
                told = self._reply(line[:4].upper(), line, self._usual(line))
                connection.sendall(told)
                if line.upper() == "STARTTLS" and told.startswith(b"220"):
                    return True
                if line.upper() == "DATA" and not told.startswith((b"4", b"5")):
                    content = b"".join(iter(lines.readline, b".\r\n"))
                    self.contents.append(re.sub(rb"(?m)^\.\.", b".", content))
                    self.log.append((number, "CONTENT"))
                    connection.sendall(self._reply("CONTENT", "", "250 2.0.0 taken"))
        return False

    def _usual(self, line: str) -> str:
        if line.upper().startswith("EHLO"):
            told = ["250-test", *(f"250-{one}" for one in self.features)]
            return "\r\n".join([*told[:-1], told[-1].replace("250-", "250 ", 1)])
        others = {"DATA": "354 go on", "STAR": "220 go on", "AUTH": "235 2.7.0 welcome"}
        return others.get(line[:4].upper(), "250 2.1.0 fine")

    def _reply(self, command: str, line: str, usual: str) -> bytes:
        answer = self.answer(command, line)
        told = usual if answer is None else answer
        if not told:
            raise ConnectionResetError
        return told.encode() + b"\r\n"


@contextmanager
def suppressed() -> Iterator[None]:
    try:
        yield
    except OSError:
        return


@contextmanager
def a_server(
    answer: Answer = as_usual,
    features: tuple[str, ...] = FEATURES,
    secure: SSLContext | None = None,
) -> Iterator[MailServer]:
    server = MailServer(features, answer, secure)
    try:
        yield server
    finally:
        server.close()
