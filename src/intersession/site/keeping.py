"""
The hand that keeps mail: what comes while it is busy is kept next, together.

A commit waits for the disk. One for each mail would let eight senders wait for one another; so the
posts that wait meanwhile are committed by one, and none is answered before that is done.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings
from django.db import close_old_connections, connections

from intersession.kit import clock
from intersession.lists.actions.entrance import Delivery, take_all
from intersession.lists.actions.receiving import NotTaken, Opened
from intersession.lists.queries.addressed import destination
from intersession.lists.rules.judging import Authentic

log = logging.getLogger(__name__)

TAKEN = "250 2.0.0 Kept"
NOBODY = "550 5.1.1 There is no such list here"
LATER = "451 4.3.0 Not now: it could not be kept. Please try again later"
TOGETHER = 32
"""Mails that are kept together at most."""
WEIGHT = 8_000_000
"""Bytes that are kept together, unless one mail alone has more."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A mail for one recipient, and what was found out about it."""

    address: str
    raw: bytes
    sender: str
    authentic: Authentic
    opened: Opened | None = None


class Hand:
    """Keeps mails, one transaction after the other. To be used within one event loop."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "hand")
        self._waiting: deque[tuple[Handed, asyncio.Future[str]]] = deque()
        self._is_busy = False

    async def keep(self, mails: Sequence[Handed]) -> list[str]:
        """Keep mails, and return the reply for each once that is done."""
        loop = asyncio.get_running_loop()
        replies = [loop.create_future() for _ in mails]
        self._waiting.extend(zip(mails, replies, strict=True))
        if not self._is_busy:
            self._next()
        return list(await asyncio.gather(*replies))

    def _next(self) -> None:
        group = self._group()
        self._is_busy = bool(group)
        if group:
            loop = asyncio.get_running_loop()
            done = loop.run_in_executor(self._thread, keep_all, [mail for mail, _ in group])
            done.add_done_callback(lambda done: self._answer(group, done))

    def _group(self) -> list[tuple[Handed, asyncio.Future[str]]]:
        group: list[tuple[Handed, asyncio.Future[str]]] = []
        room = WEIGHT
        while self._waiting and len(group) < TOGETHER:
            room -= len(self._waiting[0][0].raw)
            if group and room < 0:
                break
            group.append(self._waiting.popleft())
        return group

    def _answer(
        self, group: Sequence[tuple[Handed, asyncio.Future[str]]], done: asyncio.Future[list[str]]
    ) -> None:
        for (_, reply), words in zip(group, done.result(), strict=True):
            if not reply.done():  # its sender may have gone
                reply.set_result(words)
        self._next()

    def close(self) -> None:
        """Finish what is in hand; who waits hears nothing, and comes again."""
        self._waiting.clear()
        self._thread.submit(connections.close_all).result()
        self._thread.shutdown()


def keep_all(mails: Sequence[Handed]) -> list[str]:
    """Take mails, each for one recipient, and reply for each whether that is done."""
    try:
        close_old_connections()
        places = {
            address: destination(address, delimiter=settings.MAIL_DELIMITER)
            for address in dict.fromkeys(mail.address for mail in mails)
        }
        known = [(mail, where) for mail in mails if (where := places[mail.address]) is not None]
        troubles = take_all(
            [
                Delivery(where, mail.raw, mail.sender, mail.authentic, mail.opened)
                for mail, where in known
            ],
            at=clock.now(),
        )
    except Exception:
        log.exception("Mails could not be kept; their senders will come again.")
        return [LATER] * len(mails)
    told = iter(troubles)
    return [NOBODY if places[mail.address] is None else _reply(mail, next(told)) for mail in mails]


def _reply(mail: Handed, trouble: Exception | None) -> str:
    if isinstance(trouble, NotTaken):
        return f"{trouble} {trouble.words}"
    if trouble is not None:
        words = "A mail for %s could not be kept; its sender will come again."
        log.error(words, mail.address, exc_info=trouble)
        return LATER
    log.info("A mail for %s is kept.", mail.address)
    return TAKEN
