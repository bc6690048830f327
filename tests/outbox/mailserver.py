"""A real mail server for tests, on loopback: it keeps what it takes, and refuses as told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Takes all mail but what `refusals` names: an address and the reply it gets."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.port = 0

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = cast("bytes", envelope.content)
        self.taken.append(cast("EmailMessage", message_from_bytes(raw, policy=default)))
        return "250 OK"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@contextmanager
def mail_server(box: Any = None) -> Iterator[Any]:
    """Run the server for a while, with a mailbox of its own or this one."""
    box = box or Mailbox()
    box.port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    try:
        yield box
    finally:
        server.stop()
