"""No connection of any process answers for what is not on the disk (checklist 3)."""

import smtplib
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection

from intersession.lists import actions
from intersession.lists.testing import a_list
from tests.lists.mail import LATEST, mail, mbox
from tests.outbox.mailserver import free_port
from tests.processes import PATIENCE, shared_database, start

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


HOOK = """
import os, runpy, sys
from django.db.backends.signals import connection_created

def tell(connection, **more):
    with connection.cursor() as cursor:
        found = cursor.execute("PRAGMA synchronous").fetchone()[0]
    with open(os.environ["TOLD"], "a") as file:
        file.write(f"{found}\\n")

connection_created.connect(tell, weak=False)
"""
COMMAND = HOOK + "from intersession.site.cli import main\nsys.exit(main())\n"
WEB = HOOK + (
    "import io\nfrom wsgiref.util import setup_testing_defaults\n"
    "from intersession.site.wsgi import application\n"
    "given = {'PATH_INFO': '/readyz', 'HTTP_HOST': 'localhost'}\nsetup_testing_defaults(given)\n"
    "list(application(given, lambda *told: None))\n"
)


def levels(tmp_path: Path, program: str, *words: str) -> set[str]:
    """Run a process on a database of its own, and return what its connections promised."""
    told = tmp_path / "told"
    with shared_database(tmp_path) as database:
        assert start(database, "-c", program, *words, TOLD=str(told)).wait(PATIENCE) == 0
    return set(told.read_text().split())


def a_visit(port: int) -> smtplib.SMTP:
    """Connect to the listener as soon as it listens."""
    until = monotonic() + PATIENCE
    while True:
        try:
            return smtplib.SMTP("127.0.0.1", port)
        except OSError:
            assert monotonic() < until, "nobody listens"
            sleep(0.1)


def test_every_connection_of_the_worker_commits_to_the_disk(tmp_path: Path) -> None:
    assert levels(tmp_path, COMMAND, "worker", "--until-idle") == {"2"}


def test_every_connection_of_the_web_commits_to_the_disk(tmp_path: Path) -> None:
    assert levels(tmp_path, WEB) == {"2"}


def test_every_connection_of_the_listener_commits_to_the_disk(tmp_path: Path) -> None:
    told, port = tmp_path / "told", free_port()
    with shared_database(tmp_path) as database:
        words = ["listener", "--port", str(port)]
        process = start(database, "-c", COMMAND, *words, TOLD=str(told))
        try:
            with a_visit(port) as post:
                post.ehlo()
                post.mail("ada@example.org")
                assert post.rcpt("nobody@lists.example.org")[0] == 550
        finally:
            process.terminate()
            process.wait(PATIENCE)
    assert set(told.read_text().split()) == {"2"}


def test_an_import_alone_is_laxer_and_strict_again_when_it_ends(tmp_path: Path) -> None:
    said: list[str] = []
    mailing_list = a_list()
    (tmp_path / "some.mbox").write_bytes(mbox(mail("a@x")))

    def listen(run: Any, sql: str, *more: Any) -> Any:
        said.append(sql)
        return run(sql, *more)

    with shared_database(tmp_path), connection.execute_wrapper(listen):
        actions.import_archive(mailing_list, actions.source_at(tmp_path / "some.mbox"), at=LATEST)
        with connection.cursor() as cursor:
            at_the_end = cursor.execute("PRAGMA synchronous").fetchone()[0]

    assert [sql for sql in said if "synchronous=" in sql] == [
        "PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL",
    ]  # fmt: skip
    assert at_the_end == 2
