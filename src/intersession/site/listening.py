"""
Mail that comes in: a server for SMTP or LMTP that says yes only to what is safely kept.

A recipient is judged at RCPT, so that mail for nobody is refused before it is sent. A message is
answered with 250 after its raw bytes are committed, with 451 while the database is in trouble: the
sender keeps it then and comes again, and a message that comes twice is archived once.
Connections and mails in hand are bounded: who finds no room comes again too.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, AnyStr

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import Error, close_old_connections, connections

from intersession.lists.actions.entrance import is_taken
from intersession.lists.queries.addressed import destination
from intersession.site.keeping import LATER, NOBODY, TAKEN, Hand, Handed
from intersession.site.line_ends import Watchful
from intersession.site.looking import AT_ONCE, Found
from intersession.site.room import CONNECTIONS, Crowded, Room

log = logging.getLogger(__name__)

CROWDED = "452 4.5.3 Too many recipients; send to the rest in another mail"
NO_SENDER = "553 5.1.7 The address of the sender is no text"
MOST = 100
"""Recipients of one mail (RFC 5321, 4.5.3.1.8, asks for as many)."""

_NO_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


type Look = Callable[[bytes, str, Sequence[str]], Found]


class Intake:
    """What the server asks: is there such an address, and can this mail be kept."""

    def __init__(self, *, replies_each: bool, look: Look) -> None:
        self.replies_each = replies_each
        self.look = look
        self.hand = Hand()
        self.door = ThreadPoolExecutor(1, "door")
        self.readers = ThreadPoolExecutor(AT_ONCE, "reader")

    async def handle_MAIL(  # noqa: N802 (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender that can be written down, as octets that are no text cannot (RFC 6531)."""
        if _NO_TEXT.search(address):
            return NO_SENDER
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Take a recipient that is an address of ours (RFC 5321, 3.3)."""
        if len(envelope.rcpt_tos) >= MOST:
            return CROWDED
        reply = await self._do(self.door, known, address)
        if reply == TAKEN:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (the library's name)
        """Take a mail for each recipient; LMTP answers for each of them (RFC 2033, 4.2)."""
        raw, sender = _octets(envelope.content), envelope.mail_from or ""
        if isinstance(server, Watchful) and (refusal := server.unfit()):
            return self._to_all(refusal, envelope)
        to = list(envelope.rcpt_tos)
        authentic, opened = await self._do(self.readers, self.look, raw, sender, to)
        replies = await self.hand.keep([Handed(one, raw, sender, authentic, opened) for one in to])
        if self.replies_each:
            return "\r\n".join(replies)
        return one_for_all(replies)

    async def handle_exception(self, error: Exception) -> str:
        """Let a sender come again where we failed: a fault of ours is no reason to lose mail."""
        log.error("A fault of ours; the sender will come again.", exc_info=error)
        return LATER

    def _to_all(self, refusal: str, envelope: Envelope) -> str:
        log.warning("A mail of %s is refused: %s", envelope.mail_from or "nobody", refusal)
        count = len(envelope.rcpt_tos) if self.replies_each else 1
        return "\r\n".join([refusal] * count)

    async def _do[T](self, pool: ThreadPoolExecutor, step: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, step, *given)

    def close(self) -> None:
        """Finish what is in hand."""
        self.readers.shutdown()
        self.door.submit(connections.close_all).result()
        self.door.shutdown()
        self.hand.close()


def one_for_all(replies: list[str]) -> str:
    """Return the one reply of SMTP: what is to come again goes before what is refused for good."""
    later = (reply for reply in replies if reply.startswith("4"))
    return next(later, None) or next((reply for reply in replies if reply != TAKEN), TAKEN)


def _octets(content: str | bytes | None) -> bytes:
    return (
        content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content or b""
    )


def known(address: str) -> str:
    """Reply whether there is a list of this address."""
    if _NO_TEXT.search(address):
        return NOBODY
    try:
        close_old_connections()
        there = destination(address, delimiter=settings.MAIL_DELIMITER)
    except Error:
        log.exception("The database is in trouble.")
        return LATER
    return TAKEN if there and is_taken(there) else NOBODY


class Smtp(Watchful):
    """SMTP that takes the long lines of real mail: an archive mends nothing and refuses nothing."""

    line_length_limit = 1_000_000


class Lmtp(Watchful, LMTP):
    """LMTP of the same patience, with one reply a recipient also where a message is too large."""

    line_length_limit = 1_000_000
    keeps_bare_ends = True

    async def push(self, status: AnyStr) -> None:
        """Send a reply; what refuses a whole message is said once for each recipient."""
        refusals = {"500 Line too long (see RFC5321 4.5.3.1.6)", "552 Error: Too much mail data"}
        if status in refusals and self.envelope is not None:
            for _recipient in self.envelope.rcpt_tos[1:]:
                await super().push(status)
        await super().push(status)


async def serve(
    host: str, port: int, *, lmtp: bool, limit: int, look: Look, until: asyncio.Event,
    ready: Callable[[], None],
) -> None:  # fmt: skip
    """
    Serve until told to stop.

    `limit` is the largest message taken, in bytes; `look` is who looks into one before it is kept.
    """
    intake, room = Intake(replies_each=lmtp, look=look), Room(limit)
    kind = Lmtp if lmtp else Smtp

    def session() -> SMTP | Crowded:
        if room.connections >= CONNECTIONS:
            log.warning("A connection too many: its sender will come again.")
            return Crowded()
        return kind(
            intake, room=room, data_size_limit=limit, enable_SMTPUTF8=True, ident="intersession"
        )

    server = await asyncio.get_running_loop().create_server(session, host, port)
    try:
        ready()
        await until.wait()
    finally:
        server.close()
        intake.close()
