"""Load, and blows at random: what the short form in the suite and the long one in bench share."""

import os
import random
import signal
import smtplib
import subprocess
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import sleep

from intersession.lists.models import MailingList
from tests.faults.house import House, a_post, until
from tests.lists.author import ADDRESS

BACKLOG = 300
"""Copies that are always on their way, so that every blow falls in the midst of work."""


@dataclass
class Postman:
    """Hands in posts one after the other; each again until it hears 250, as a mail server does."""

    house: House
    to: MailingList
    members: int
    name: str
    accepted: list[str] = field(default_factory=list)
    enough: Event = field(default_factory=Event)

    def run(self) -> None:
        """Post until told to stop; the last one too is handed in until it is accepted."""
        number = 0
        while not self.enough.is_set():
            if len(self.accepted) * self.members - len(self.house.sink.taken) > BACKLOG:
                sleep(0.01)
                continue
            number += 1
            self.hand_in(a_post(self.to, f"{self.name}-{number}"))
            self.accepted.append(f"{self.name}-{number}@example.org")

    def hand_in(self, raw: bytes) -> None:
        """Try until it is taken."""
        while True:
            with suppress(OSError, smtplib.SMTPException), self.house.post() as post:
                if not post.sendmail(ADDRESS, [self.to.address], raw):
                    return
            sleep(0.05)


@dataclass
class Blows:
    """What was struck, how often; each is started again."""

    house: House
    chance: random.Random
    listener: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]
    strike_database: Callable[[], None] | None = None
    counts: Counter[str] = field(default_factory=Counter)

    def strike(self) -> None:
        """Kill one of them in the midst of work."""
        begun = len(self.house.sink.taken)
        until(lambda: len(self.house.sink.taken) > begun, "nothing moves any more")
        sleep(self.chance.uniform(0, 0.3))
        kinds = ["listener", "worker", "courier"]
        kinds += ["database"] if self.strike_database else []
        kind = kinds[sum(self.counts.values()) % len(kinds)]
        self.counts[kind] += 1
        getattr(self, f"_{kind}")()

    def _listener(self) -> None:
        self.listener.kill()
        self.listener.wait()
        self.listener = self.house.listener()

    def _worker(self) -> None:
        self.worker.kill()
        self.worker.wait()
        self.worker = self.house.worker()

    def _courier(self) -> None:
        until(lambda: len(couriers_of(self.worker)) == 2, "the worker has no couriers")
        os.kill(self.chance.choice(couriers_of(self.worker)), signal.SIGKILL)

    def _database(self) -> None:
        assert self.strike_database is not None
        self.strike_database()


def couriers_of(worker: subprocess.Popen[bytes]) -> list[int]:
    """Return the process ids of a worker's couriers, whichever thread started them."""
    places = Path(f"/proc/{worker.pid}/task").glob("*/children")
    return [int(pid) for place in places for pid in place.read_text().split()]


@dataclass
class Outcome:
    """What came of it, counted at the mail server and in the database."""

    accepted: list[str]
    members: list[str]
    times: Counter[tuple[str, str]]
    blows: Counter[str]

    @property
    def lost(self) -> list[tuple[str, str]]:
        """Copies of accepted posts that nobody got."""
        copies = {(reader, mail) for reader in self.members for mail in self.accepted}
        return sorted(copies - self.times.keys())

    @property
    def repeated(self) -> int:
        """Copies that came again."""
        return sum(times - 1 for times in self.times.values())

    @property
    def allowed(self) -> int:
        """Copies that may come again: one a connection of what was killed."""
        return 8 * (self.blows["worker"] + self.blows["database"]) + 4 * self.blows["courier"]


def under_fire(
    house: House,
    to: MailingList,
    members: list[str],
    *,
    blows: int,
    seed: int,
    strike_database: Callable[[], None] | None = None,
) -> Outcome:
    """Post from two sides, strike so many blows, and wait until every accepted copy is out."""
    fire = Blows(
        house, random.Random(seed), house.listener(), house.worker(), strike_database
    )  # fmt: skip
    postmen = [Postman(house, to, len(members), name) for name in ("a", "b")]
    threads = [Thread(target=postman.run, daemon=True) for postman in postmen]
    for thread in threads:
        thread.start()
    for _ in range(blows):
        fire.strike()
    for postman in postmen:
        postman.enough.set()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive(), "a post was never accepted"
    accepted = [mail for postman in postmen for mail in postman.accepted]
    copies = len(accepted) * len(members)
    until(lambda: len(house.sink.times()) >= copies, "accepted posts did not go out")
    return Outcome(accepted, members, house.sink.times(), fire.counts)
