"""Line ends that smuggle a second mail are refused on the line (checklist 4)."""

import socket
from collections.abc import Sequence
from pathlib import Path
from zlib import decompress

import pytest

from intersession.lists.models import Arrival, Held, Message
from intersession.lists.testing import a_list
from intersession.site.line_ends import BARE, SMUGGLED
from tests.lists.author import authored, subscribed
from tests.processes import shared_database
from tests.site.test_listener import POST, listening

pytestmark = pytest.mark.django_db(transaction=True)

ENDS = [
    "\n.\n", "\n.\r\n", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\r.\r", "\n.\r", "\r.\n",
]  # fmt: skip


def said(port: int, hello: str, to: Sequence[str], octets: bytes) -> list[str]:
    """Speak as a partner that sends these very octets as data; return the replies to them."""
    with socket.create_connection(("127.0.0.1", port), 20) as wire, wire.makefile("rb") as heard:
        heard.readline()
        for command in (hello, "MAIL FROM:<ada@example.org>", *(f"RCPT TO:<{a}>" for a in to)):
            wire.sendall(f"{command}\r\n".encode())
            while heard.readline()[3:4] == b"-":
                pass
        wire.sendall(b"DATA\r\n")
        heard.readline()
        wire.sendall(octets + b"\r\n.\r\nQUIT\r\n")
        return [line.decode().strip() for line in heard][:-1]


def test_no_bare_line_end_smuggles_a_second_mail(tmp_path: Path) -> None:
    one, two = a_list(), a_list()
    subscribed(one, two)
    hidden = (
        f"MAIL FROM:<ada@example.org>\r\nRCPT TO:<{one.address}>\r\nDATA\r\n"
        "From: Admin <admin@example.org>\r\nSubject: Hidden\r\n\r\nSmuggled.\r\n"
    )
    seen, both = POST.format(n=1, to=one.address) + "x", [one.address, two.address]
    with (
        shared_database(tmp_path) as database,
        listening(database) as smtp,
        listening(database, "--lmtp") as lmtp,
    ):
        for end in ENDS:
            octets = (seen + end + hidden).encode()

            assert said(smtp, "HELO x", both, octets) == [SMUGGLED]
            assert said(lmtp, "LHLO x", both, octets) == [SMUGGLED, SMUGGLED]

        assert not Arrival.objects.exists()


def test_other_bare_line_ends_are_refused_in_smtp_and_kept_from_our_own_server(
    tmp_path: Path,
) -> None:
    talk = a_list()
    subscribed(talk)
    seen = POST.format(n=1, to=talk.address).encode()
    mails = [seen + ends + b"\r\n" for ends in (b"a\nb", b"a\rb", b"\n\nb", b"a\r\r\nb")]
    with (
        shared_database(tmp_path) as database,
        listening(database) as smtp,
        listening(database, "--lmtp") as lmtp,
    ):
        for mail in mails:
            assert said(smtp, "HELO x", [talk.address], mail[:-2]) == [BARE]
        assert not Arrival.objects.exists()

        for mail in mails:
            assert said(lmtp, "LHLO x", [talk.address], mail[:-2]) == ["250 2.0.0 Kept"]
        kept = [decompress(held.raw) for held in Held.objects.order_by("pk")]
        assert kept == mails


def test_after_a_refused_mail_the_next_is_taken(tmp_path: Path) -> None:
    talk = a_list()
    subscribed(talk)
    fit = authored(POST.format(n=2, to=talk.address))
    bare = b"Subject: 1\r\n\r\na\nb\r\n.\r\n"
    envelope = f"MAIL FROM:<ada@example.org>\r\nRCPT TO:<{talk.address}>\r\nDATA\r\n".encode()
    with shared_database(tmp_path) as database, listening(database) as port:
        replies = said(port, "HELO x", [talk.address], bare + envelope + fit[:-2])

        assert [reply[:3] for reply in replies] == ["550", "250", "250", "354", "250"]
        assert Message.objects.get().subject == "2"
