"""Listener, worker and what they need, as processes that may be killed at any moment."""

import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from django.db import connection

from intersession.lists.models import MailingList, Subscription
from intersession.people.testing import NOON
from tests.faults.postgres import Server, own_postgres
from tests.faults.sink import Sink
from tests.lists.author import ADDRESS, authored, records
from tests.lists.keys import signer
from tests.lists.zones import zones
from tests.outbox.mailserver import free_port
from tests.processes import PATIENCE, shared_database, start

CLI = ["-m", "intersession.site.cli"]
LAST_WORDS = 20_000
LEASE = 2.0
"""Seconds after which a killed worker counts as dead."""

POST = """\
From: Ada <ada@example.org>
To: {to}
Subject: Post {number}
Message-ID: <{number}@example.org>
Date: Sun, 1 Mar 2026 12:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii

{text}
"""


def a_post(to: MailingList, number: object, text: str = "Good day.") -> bytes:
    """Write a post as Ada does, whose mails prove who sent them."""
    return authored(POST.format(to=to.address, number=number, text=text))


def readers(mailing_list: MailingList, count: int) -> list[str]:
    """Subscribe Ada and so many readers less one; return the addresses of all."""
    addresses = [ADDRESS, *(f"reader-{n}@readers.example.net" for n in range(count - 1))]
    return subscribed(mailing_list, addresses)


def subscribed(mailing_list: MailingList, addresses: list[str]) -> list[str]:
    """Subscribe these addresses, and return them."""
    Subscription.objects.bulk_create(
        Subscription(mailing_list=mailing_list, address=address, since=NOON)
        for address in addresses
    )
    return addresses


def until(what: Callable[[], bool], words: str, patience: float = PATIENCE) -> None:
    """Wait until something is so."""
    end = monotonic() + patience
    while not what():
        assert monotonic() < end, words
        sleep(0.02)


@dataclass
class House:
    """A database, a mail server of the world, and our processes between them."""

    database: str
    folder: Path
    sink: Sink
    dns: str
    server: Server | None = None
    """The PostgreSQL that is this house's own."""
    lmtp: int = field(default_factory=free_port)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What our processes are told."""
        return {
            "INTERSESSION_DATA_DIR": str(self.folder),
            "INTERSESSION_DNS": self.dns,
            "INTERSESSION_HOSTS": "dc.example.org",
            "INTERSESSION_MAIL_HOST": "127.0.0.1",
            "INTERSESSION_MAIL_ID": "mx.example.org",
            "INTERSESSION_MAIL_PORT": str(self.sink.port),
            "INTERSESSION_SITE_URL": "https://dc.example.org",
        }

    def run(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a command of ours."""
        environment = {**self.environment, **more}
        with (self.folder / "log").open("ab") as log:
            process = start(self.database, *CLI, *words, told_to=log, **environment)
        self.running.append(process)
        return process

    def listener(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a listener on its port, and wait until it listens."""
        process = self.run("listener", "--lmtp", "--port", str(self.lmtp), *words, **more)
        until(lambda: self.answers(process), "nobody listens")
        return process

    def answers(self, process: subprocess.Popen[bytes]) -> bool:
        """Test whether the listener listens by now."""
        assert process.poll() is None, "the listener ended by itself"
        try:
            socket.create_connection(("127.0.0.1", self.lmtp), 1).close()
        except OSError:
            return False
        return True

    def worker(self, **more: str) -> subprocess.Popen[bytes]:
        """Start a worker."""
        return self.run("worker", "--lease", str(LEASE), "--pause", "0.1", **more)

    def post(self) -> smtplib.LMTP:
        """Open a connection to the listener, as a mail server does."""
        return smtplib.LMTP("127.0.0.1", self.lmtp, "test", timeout=60)

    def posted(self, raw: bytes, *to: str) -> list[int]:
        """Hand in a mail by LMTP and return the code for each recipient, refused ones too."""
        return [code for code, _words in self.replies(raw, *to)]

    def replies(self, raw: bytes, *to: str) -> list[tuple[int, bytes]]:
        """Hand in a mail by LMTP and return what was said for each recipient."""
        with self.post() as post:
            post.ehlo()
            post.mail(ADDRESS)
            told = [post.rcpt(one) for one in to]
            taken = [n for n, (code, _words) in enumerate(told) if code == 250]
            for place, n in enumerate(taken):
                told[n] = post.data(raw) if place == 0 else post.getreply()
        return told

    def told(self) -> str:
        """Return what all processes have written on their error streams."""
        return (self.folder / "log").read_text()

    def end(self) -> None:
        """End all that still runs."""
        for process in self.running:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()


@contextmanager
def a_house(
    tmp_path: Path,
    *,
    sink: Sink | None = None,
    zone: dict[str, list[str] | str] | None = None,
    own_database: bool = False,
) -> Iterator[House]:
    """
    Make a house on a database that other processes share; what runs in it ends with the block.

    With `own_database` it may be killed: on PostgreSQL it has a server of its own. Its folder has
    a short name, as sockets lie in it.
    """
    with ExitStack() as stack:
        world = stack.enter_context(sink or Sink())
        host, port = stack.enter_context(zones({**records(), **(zone or {})}))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="house-")))
        (folder / "dkim.pem").write_text(signer(selector="intersession").key)
        database = stack.enter_context(shared_database(tmp_path))
        server = None
        if own_database and connection.vendor == "postgresql":
            server = stack.enter_context(own_postgres(database))
            database = server.url
        house = House(database, folder, world, f"{host}:{port}", server)
        stack.callback(house.end)
        try:
            yield house
        except BaseException:
            sys.stderr.write(house.told()[-LAST_WORDS:])  # what our processes said of it
            raise
