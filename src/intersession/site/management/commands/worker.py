"""The process that does what pages do not wait for."""

import logging
import signal
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from time import monotonic, sleep
from types import FrameType
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, OperationalError, close_old_connections, connections

from intersession.jobs import actions as jobs
from intersession.kit import clock
from intersession.kit.logs import in_a_line
from intersession.outbox import actions as outbox
from intersession.site.carrying import Carrier
from intersession.site.management.teaching import Teaching
from intersession.site.wiring import SCHEDULES

log = logging.getLogger(__name__)

TEACH = """\
Send letters, do tasks, and start what the clock starts. One such process must run beside the web
server; several may, on one machine or on many, and they share the work.

  intersession worker                 until Ctrl-C or SIGTERM; what is in hand is finished first
  intersession worker --until-idle    once through everything due, for a cron line or a test

A worker may be killed at any moment: what it had in hand is begun again by another, or by itself
after its next start, when its lease has run out (--lease, 30 seconds unless told otherwise).
Letters need INTERSESSION_MAIL_HOST; without it they wait, and in a demo they stand on /letters/."""


class Command(Teaching):
    help = TEACH

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--lease", type=float, default=30.0, metavar="SECONDS",
            help="after how long without a sign of life a worker counts as dead (30)",
        )  # fmt: skip
        parser.add_argument(
            "--pause", type=float, default=0.5, metavar="SECONDS",
            help="how long to wait when there is nothing to do (0.5)",
        )  # fmt: skip
        parser.add_argument("--until-idle", action="store_true", help="stop when nothing is due")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("intersession").setLevel(logging.INFO)
        worker = Worker(lease=timedelta(seconds=options["lease"]), pause=options["pause"])
        if options["until_idle"]:
            worker.run_until_idle()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.told_to_stop)
        worker.run()


class Worker:
    """
    Four threads, so that a long task keeps no sign-in letter waiting, no post, nor the clock.

    Each has its own database connection, and each goes on after a trouble of the database.
    """

    def __init__(self, *, lease: timedelta, pause: float) -> None:
        self.lease, self.pause = lease, pause
        self.name = uuid4().hex
        self.stopping = False
        self.carrying: Thread | None = None
        self.carrier = Carrier(lease=lease, go_on=lambda: not self.stopping)

    def told_to_stop(self, number: int, frame: FrameType | None) -> None:
        """Finish what is in hand, and no more."""
        self.stopping = True

    def run(self) -> None:
        """Work until told to stop; the lease is renewed until the last thread has ended."""
        log.info("Worker %s begins.", self.name)
        self.once(self.begin)
        steps = (self.task, self.letters, self.carry)
        threads = [Thread(target=self.loop, args=[step]) for step in steps]
        self.carrying = threads[-1]
        for thread in threads:
            thread.start()
        pace = min(5.0, self.lease.total_seconds() / 3)
        look_at = monotonic()
        while any(thread.is_alive() for thread in threads):
            if monotonic() >= look_at:
                self.once(self.look_at_the_clock)
                look_at = monotonic() + pace
            sleep(self.pause)
        self.once(self.end)
        log.info("Worker %s ends.", self.name)

    def run_until_idle(self) -> None:
        """Do all that is due, in this thread."""
        self.begin()
        while self.task() or self.letters() or self.carrier.run_until_idle():
            self.look_at_the_clock()
        self.end()

    def loop(self, step: Callable[[], bool]) -> None:
        """Take one step after the other, resting where there was nothing to do."""
        while not self.stopping:
            if not self.once(step):
                sleep(self.pause)
        connections.close_all()

    def once(self, step: Callable[[], bool]) -> bool:
        """Take a step, and outlive its trouble."""
        try:
            close_old_connections()
            return step()
        except OperationalError as problem:
            log.warning("The database is in trouble (%s); trying again.", in_a_line(problem))
        except DatabaseError:
            log.exception("The database is in trouble; trying again.")
        except Exception:
            log.exception("A fault of ours; going on.")
        sleep(1)
        return False

    def begin(self) -> bool:
        """Take the schedules from their table, and look at the clock for the first time."""
        jobs.plan(SCHEDULES, at=clock.now())
        return self.look_at_the_clock()

    def look_at_the_clock(self) -> bool:
        """Renew the lease, put back what dead workers held, start what is scheduled."""
        jobs.beat(self.name, steady=clock.steady(), lease=self.lease)
        if self.carrying is None or self.carrying.is_alive():
            self.carrier.beat()  # who cannot carry shall not keep what is in hand
        jobs.reap(steady=clock.steady(), at=clock.now())
        jobs.strike(at=clock.now())
        return False

    def task(self) -> bool:
        """Do one task; after a trouble under a new name, so that the lease of the old runs out."""
        try:
            return jobs.work_once(self.name, now=clock.now)
        except Exception:
            self.name = uuid4().hex
            raise

    def letters(self) -> bool:
        """Send a few letters."""
        return outbox.send_due(at=clock.now(), go_on=lambda: not self.stopping) > 0

    def carry(self) -> bool:
        """Carry copies to the mail server until told to stop."""
        self.carrier.run()
        return False

    def end(self) -> bool:
        """Take the name off the table."""
        jobs.leave(self.name)
        jobs.leave(self.carrier.name)
        return False
