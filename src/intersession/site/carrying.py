"""The worker's part in mail: a thread that hears the bell, and hands copies to couriers."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from time import sleep
from uuid import uuid4

from django.conf import settings
from django.db import OperationalError, close_old_connections

from intersession.jobs import actions as jobs
from intersession.kit import clock
from intersession.kit.bell import Bell
from intersession.kit.logs import in_a_line
from intersession.lists.actions import relaying
from intersession.lists.actions.mailroom import Mailroom
from intersession.lists.formats.authentication.judging import holds, proves
from intersession.lists.formats.courier.messages import Server
from intersession.lists.formats.courier.parent import Couriers
from intersession.lists.formats.resolver import DnsResolver
from intersession.site.signing import signer_of

log = logging.getLogger(__name__)

REST = 1.0
"""Seconds between two looks for work that nobody rang for."""
CONNECTIONS = 4
"""To the mail server, of each of the two couriers."""


@cache
def resolver() -> DnsResolver:
    """Return who asks DNS for this process: the name servers of the settings, or the machine's."""
    return DnsResolver.at(settings.DNS)


def server() -> Server:
    """Return the mail server that takes our copies."""
    return Server(
        host=settings.MAIL_HOST, port=settings.MAIL_PORT, security=settings.MAIL_SECURITY,
        user=settings.MAIL_USER, password=settings.MAIL_PASSWORD, hello=settings.MAIL_ID,
        connections=CONNECTIONS,
    )  # fmt: skip


class Carrier:
    """Sends what is due until told to stop, and outlives the troubles of the database."""

    def __init__(self, *, lease: timedelta, go_on: Callable[[], bool]) -> None:
        self.name = uuid4().hex
        self._marks = relaying.Marks(self.name)
        self._lease = lease
        self._go_on = go_on

    def run(self) -> None:
        """Work until told to stop; what has no mark by then is given back."""
        if not settings.MAIL_HOST:
            return
        with Couriers(server()) as couriers:
            while self._go_on():
                try:
                    close_old_connections()
                    with Bell() as bell:
                        self._work(couriers, bell)
                except OperationalError as problem:
                    log.warning("The database is in trouble (%s).", in_a_line(problem))
                    self._begin_anew(couriers)
                except Exception:
                    log.exception("A fault of ours; copies wait.")
                    self._begin_anew(couriers)

    def _begin_anew(self, couriers: Couriers) -> None:
        """Forget what couriers have in hand: it is given to them again from its marks."""
        sleep(REST)
        couriers.close()
        couriers.start()

    def _work(self, couriers: Couriers, bell: Bell) -> None:
        """Work until told to stop, or until something goes wrong."""
        self.beat()
        room = self.room(couriers)
        room.let_go()  # what could not be given back while the database was away
        try:
            while self._go_on():
                if not room.step(REST) and self._go_on():
                    bell.wait(REST)
        finally:
            couriers.close()  # first, so that nothing leaves after it was given back
            room.let_go()

    def room(self, couriers: Couriers) -> Mailroom:
        """Return the hands of this worker."""
        return Mailroom(
            self._marks, couriers, now=clock.now, signer_of=signer_of,
            proves=lambda raw, domain: proves(raw, domain, resolver=resolver()),
            holds=lambda raw, place: holds(raw, place, resolver=resolver()),
        )  # fmt: skip

    def run_until_idle(self) -> bool:
        """Send all that is due in this thread, and return whether there was anything."""
        if not settings.MAIL_HOST:
            return False
        did = False
        with Couriers(server()) as couriers:
            room = self.room(couriers)
            while room.step(REST):
                did = True
        return did

    def beat(self) -> None:
        """Show that this worker lives, and free what dead ones had in hand or a clock put off."""
        jobs.beat(self.name, steady=clock.steady(), lease=self._lease)
        relaying.free(steady=clock.steady())
        relaying.hasten(at=clock.now())
        relaying.finish_empty(at=clock.now())
