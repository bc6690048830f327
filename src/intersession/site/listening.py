"""
Mail that comes in: a server for SMTP or LMTP that says yes only to what is safely kept.

A recipient is judged at RCPT, so that mail for nobody is refused before it is sent. A message is
answered with 250 after its raw bytes are committed, with 451 while the database is in trouble: the
sender keeps it then and comes again, and a message that comes twice is archived once.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, AnyStr

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import Error, OperationalError, close_old_connections, connections

from intersession.kit import clock
from intersession.kit.logs import in_a_line
from intersession.lists import actions as lists
from intersession.lists.models import MailingList

log = logging.getLogger(__name__)

TAKEN = "250 2.0.0 Kept"
NOBODY = "550 5.1.1 There is no such list here"
LATER = "451 4.3.0 Not now: it could not be kept. Please try again later"


class Intake:
    """What the server asks: is there such a list, and can this message be kept."""

    def __init__(self, *, replies_each: bool) -> None:
        self.replies_each = replies_each
        self.hand = ThreadPoolExecutor(1, "archive")

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Take a recipient that is a list here (RFC 5321, 3.3)."""
        reply = await self._do(known, address)
        if reply == TAKEN:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a message for each list; LMTP answers for each of them (RFC 2033, 4.2)."""
        raw, sender = envelope.content, envelope.mail_from or ""
        replies = [await self._do(keep, address, raw, sender) for address in envelope.rcpt_tos]
        if self.replies_each:
            return "\r\n".join(replies)
        return next((reply for reply in replies if reply != TAKEN), TAKEN)

    async def _do(self, step: Callable[..., str], *given: object) -> str:
        return await asyncio.get_running_loop().run_in_executor(self.hand, step, *given)

    def close(self) -> None:
        """Finish what is in hand."""
        self.hand.submit(connections.close_all).result()
        self.hand.shutdown()


def known(address: str) -> str:
    """Reply whether there is a list of this address."""
    try:
        close_old_connections()
        there = MailingList.objects.filter(address=address.lower()).exists()
    except OperationalError as problem:
        log.warning("The database is in trouble (%s).", in_a_line(problem))
        return LATER
    except Error:
        log.exception("The database is in trouble.")
        return LATER
    return TAKEN if there else NOBODY


def keep(address: str, raw: bytes, sender: str) -> str:
    """Keep one message for one list, and reply whether that is done."""
    try:
        close_old_connections()
        mailing_list = MailingList.objects.get(address=address.lower())
        lists.archive(mailing_list, raw, at=clock.now(), envelope=sender)
    except MailingList.DoesNotExist:
        return NOBODY
    except OperationalError as problem:
        words = "A message for %s could not be kept (%s); its sender will come again."
        log.warning(words, address, in_a_line(problem))
        return LATER
    except Exception:
        log.exception("A message for %s could not be kept; its sender will come again.", address)
        return LATER
    log.info("A message for %s is kept.", address)
    return TAKEN


class Smtp(SMTP):
    """SMTP that takes the long lines of real mail: an archive mends nothing and refuses nothing."""

    line_length_limit = 1_000_000


class Lmtp(LMTP):
    """LMTP of the same patience, with one reply a recipient also where a message is too large."""

    line_length_limit = 1_000_000

    async def push(self, status: AnyStr) -> None:
        """Send a reply; what refuses a whole message is said once for each recipient."""
        refusals = {"500 Line too long (see RFC5321 4.5.3.1.6)", "552 Error: Too much mail data"}
        if status in refusals and self.envelope is not None:
            for _recipient in self.envelope.rcpt_tos[1:]:
                await super().push(status)
        await super().push(status)


async def serve(
    host: str, port: int, *, lmtp: bool, limit: int, until: asyncio.Event, ready: Callable[[], None]
) -> None:
    """Serve until told to stop. `limit` is the largest message taken, in bytes."""
    intake = Intake(replies_each=lmtp)
    kind = Lmtp if lmtp else Smtp

    def session() -> SMTP:
        return kind(intake, data_size_limit=limit, enable_SMTPUTF8=True, ident="intersession")

    server = await asyncio.get_running_loop().create_server(session, host, port)
    try:
        ready()
        await until.wait()
    finally:
        server.close()
        intake.close()
