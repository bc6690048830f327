"""
The process that looks into mails before they are kept.

Reading a mail and checking its signatures is work for the processor. In a thread beside the one
that keeps mails it would hold that up at each of its questions to the database, and one of two
processors would stand idle. So a child does it, a few mails at once, as each may wait for DNS.
"""

import gc
import logging
import os
import signal
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import connections

from intersession.kit import clock
from intersession.lists.actions.receiving import Opened, opened
from intersession.lists.formats.authentication.domains import make_ready
from intersession.lists.formats.authentication.judging import authenticate
from intersession.lists.rules.addresses import Kind, read
from intersession.lists.rules.judging import Authentic
from intersession.site.carrying import resolver

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Mails that are looked into at once; each may wait for DNS."""

type Found = tuple[Authentic, Opened | None]


def looked_into(raw: bytes, sender: str, addresses: Sequence[str]) -> Found:
    """
    Find out whether a mail proves who sent it, and read it where it is a post.

    What DNS does not tell in time is not proven; what cannot be read is left to the hand.
    """
    authentic = authenticate(raw, trusted_ids=settings.MAIL_TRUSTED_IDS, resolver=resolver())
    try:
        is_post = any(map(is_plainly_post, addresses))
        return authentic, opened(raw, sender, at=clock.now()) if is_post else None
    except Exception:  # hostile bytes
        return authentic, None


def is_plainly_post(address: str) -> bool:
    """Test whether an address can be meant in no other way than as a list's own."""
    return [one.kind for one in read(address, settings.MAIL_DELIMITER)] == [Kind.POST]


class Reader:
    """
    The child, and a lane to it for each mail that it looks into at once.

    To be made before this process has threads: the child begins as a copy of it. It ends with this
    process, whatever ends that. Where the child was ended, mails are looked into here.
    """

    def __init__(self) -> None:
        connections.close_all()
        gc.freeze()  # what is here by now stays: both share it
        fork = get_context("fork")
        pairs = [fork.Pipe() for _ in range(AT_ONCE)]
        ours, theirs = zip(*pairs, strict=True)
        self._child = fork.Process(target=_serve, args=(theirs, ours), daemon=True)
        self._child.start()
        for lane in theirs:
            lane.close()
        self._ours = ours
        self._lanes: SimpleQueue[Connection] = SimpleQueue()
        for lane in ours:
            self._lanes.put(lane)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """End the child, which hears that its lanes are closed."""
        for lane in self._ours:
            lane.close()
        self._child.join()

    def look(self, raw: bytes, sender: str, addresses: Sequence[str]) -> Found:
        """Have a mail looked into; to be called by as many threads as like to."""
        lane = self._lanes.get()
        try:
            lane.send((raw, sender, addresses))
            found: Found | None = lane.recv()
        except (EOFError, OSError):
            log.warning("The process that looks into mails has ended; restart the listener.")
            found = None
        finally:
            self._lanes.put(lane)
        return found or looked_into(raw, sender, addresses)

    @property
    def pid(self) -> int | None:
        """The child's process id."""
        return self._child.pid


def _serve(lanes: Sequence[Connection], others: Sequence[Connection]) -> None:
    """Look into the mails of each lane, until the other ends are closed."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # it is the listener that is told to stop
    for lane in others:
        lane.close()  # else nobody would hear that the listener is gone
    make_ready()
    for lane in lanes[1:]:
        Thread(target=_answer, args=(lane,), daemon=True).start()
    _answer(lanes[0])
    os._exit(0)


def _answer(lane: Connection) -> None:
    try:
        while True:
            asked = lane.recv()
            try:
                found = looked_into(*asked)
            except Exception:  # who asked looks itself then, and meets the same trouble
                log.exception("A mail could not be looked into.")
                found = None
            lane.send(found)
    except (EOFError, OSError):
        return
