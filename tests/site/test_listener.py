"""The mail listener as a process of its own, spoken to over the network."""

import smtplib
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from subprocess import Popen
from time import monotonic, sleep

import pytest

from intersession.journal.models import Entry
from intersession.lists.models import Message
from intersession.lists.testing import a_list
from tests.lists.author import authored, records, subscribed
from tests.lists.zones import zones
from tests.outbox.mailserver import free_port
from tests.processes import PATIENCE, shared_database, start

pytestmark = pytest.mark.django_db(transaction=True)

POST = (
    "From: Ada <ada@example.org>\r\nTo: {to}\r\nSubject: {n}\r\n"
    "Message-ID: <{n}@example.org>\r\nDate: Sun, 1 Mar 2026 12:00:00 +0000\r\n\r\nGood day.\r\n"
)


def listening(database: str, *more: str) -> AbstractContextManager[int]:
    """Run the listener on a free port."""
    return listening_on(free_port(), database, *more)


@contextmanager
def listening_on(port: int, database: str, *more: str) -> Iterator[int]:
    """
    Run the listener until the end of the block, then end it gently; yield its port.

    A name server beside it knows the key by which Ada's mails are signed.
    """
    cli = ["-m", "intersession.site.cli", "listener", "--port", str(port), *more]
    with zones(records()) as (host, dns):
        process = start(database, *cli, INTERSESSION_DNS=f"{host}:{dns}")
        yield from _until_ended(process, port)


def _until_ended(process: Popen[bytes], port: int) -> Iterator[int]:
    try:
        until = monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, "the listener ended by itself"
                assert monotonic() < until, "nobody listens"
                sleep(0.05)
        yield port
        process.terminate()
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()


def send(post: smtplib.SMTP, to: list[str], text: str) -> dict[str, tuple[int, bytes]]:
    return post.sendmail("ada@example.org", to, authored(text))


def test_mail_for_a_list_is_in_the_archive_when_it_is_accepted(tmp_path: Path) -> None:
    talk = a_list()
    subscribed(talk)
    with (
        shared_database(tmp_path) as database,
        listening(database) as port,
        smtplib.SMTP("127.0.0.1", port) as post,
    ):
        assert send(post, [talk.address.upper()], POST.format(n=1, to=talk.address)) == {}
        assert [message.subject for message in Message.objects.all()] == ["1"]
        assert Entry.objects.filter(verb="lists.archive").count() == 1

        send(post, [talk.address], POST.format(n=1, to=talk.address))
        assert Message.objects.count() == 1

        post.mail("ada@example.org")
        assert post.rcpt("nobody@lists.example.org")[0] == 550
        post.rset()

        send(post, [talk.address], POST.format(n=2, to=talk.address) + "x" * 5000 + "\r\n")
        assert Message.objects.count() == 2


def test_a_message_that_is_too_large_is_refused_with_words(tmp_path: Path) -> None:
    talk = a_list()
    subscribed(talk)
    with (
        shared_database(tmp_path) as database,
        listening(database, "--megabytes", "1") as port,
        smtplib.SMTP("127.0.0.1", port) as post,
    ):
        post.ehlo()
        with pytest.raises(smtplib.SMTPSenderRefused) as refusal:
            send(post, [talk.address], "x" * 1_100_000)
        assert refusal.value.smtp_code == 552


def test_lmtp_answers_for_each_recipient(tmp_path: Path) -> None:
    one, two = a_list(), a_list()
    subscribed(one, two)
    with (
        shared_database(tmp_path) as database,
        listening(database, "--lmtp") as port,
        smtplib.LMTP("127.0.0.1", port) as post,
    ):
        post.ehlo_or_helo_if_needed()
        post.mail("ada@example.org")
        replies = [post.rcpt(to)[0] for to in (one.address, "nobody@example.org", two.address)]
        replies += [
            post.data(authored(POST.format(n=1, to=f"{one.address}, {two.address}")))[0],
            post.getreply()[0],
        ]

        assert replies == [250, 550, 250, 250, 250]
        assert {m.mailing_list.name for m in Message.objects.select_related("mailing_list")} == {
            one.name, two.name,
        }  # fmt: skip


def test_while_the_database_is_in_trouble_the_sender_is_asked_to_come_again(
    tmp_path: Path,
) -> None:
    empty = f"sqlite:///{tmp_path / 'no-tables.sqlite3'}"
    with listening(empty) as port, smtplib.SMTP("127.0.0.1", port) as post:
        post.ehlo()
        post.mail("ada@example.org")
        code, words = post.rcpt("talk@lists.example.org")

    assert code == 451
    assert b"try again later" in words


def test_a_port_that_is_taken_is_no_place_to_listen(tmp_path: Path) -> None:
    with shared_database(tmp_path) as database, listening(database) as port:
        other = start(database, "-m", "intersession.site.cli", "listener", "--port", str(port))
        assert other.wait(PATIENCE) == 1
