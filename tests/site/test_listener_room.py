"""The room of the listener: what does not fit hears so and comes again, and nothing is lost."""

import smtplib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import sleep

import pytest

from intersession.lists.models import MailingList, Message
from intersession.lists.testing import a_list
from intersession.site.room import CONNECTIONS, IN_HAND, Room
from tests.lists.author import ADDRESS, authored, subscribed
from tests.processes import shared_database
from tests.site.test_listener import POST, listening

ALL = f"SIZE={IN_HAND}"


@pytest.fixture
def talk(transactional_db: None) -> MailingList:
    found = a_list()
    subscribed(found)
    return found


@contextmanager
def two_at_a_time(database: str, to: str, *more: str) -> Iterator[tuple[smtplib.SMTP, ...]]:
    """Run a listener with two partners that have named a recipient, by LMTP where it says so."""
    kind = smtplib.LMTP if "--lmtp" in more else smtplib.SMTP
    largest = str(IN_HAND // 1_000_000)
    with (
        listening(database, "--megabytes", largest, *more) as port,
        kind("127.0.0.1", port) as one,
        kind("127.0.0.1", port) as other,
    ):
        for post in (one, other):
            post.ehlo()
        named(one, to, ALL)
        yield one, other


def named(post: smtplib.SMTP, to: str, *options: str) -> None:
    assert post.mail(ADDRESS, options)[0] == 250
    assert post.rcpt(to)[0] == 250


def test_a_mail_that_announces_more_than_there_is_room_for_is_not_sent(
    tmp_path: Path, talk: MailingList
) -> None:
    raw = authored(POST.format(n=1, to=talk.address))
    with (
        shared_database(tmp_path) as database,
        two_at_a_time(database, talk.address) as (one, other),
    ):
        named(other, talk.address, "SIZE=1000")
        assert one.docmd("DATA")[0] == 354

        code, words = other.docmd("DATA")

        assert (code, words) == (451, b"4.3.2 Too much mail is in hand; please try again later")
        one.send(raw + b".\r\n")
        assert one.getreply()[0] == 250
        other.rset()
        named(other, talk.address, "SIZE=1000")
        assert other.docmd("DATA")[0] == 354
        other.close()  # within DATA nothing answers a QUIT
        assert Message.objects.count() == 1


@pytest.mark.parametrize("lmtp", [True, False])
def test_a_mail_that_outgrows_the_room_is_let_go_and_hears_so_at_its_end(
    tmp_path: Path, talk: MailingList, *, lmtp: bool
) -> None:
    raw = authored(POST.format(n=1, to=talk.address))
    long = b"x" * 3_000_000 + b"\r\n.\r.\r\n..\r\n"
    with (
        shared_database(tmp_path) as database,
        two_at_a_time(database, talk.address, *["--lmtp"] * lmtp) as (one, other),
    ):
        assert one.docmd("DATA")[0] == 354

        for octets in (raw, raw + long, long + raw):
            other.rset()
            named(other, talk.address)
            other.rcpt(talk.address)
            assert other.docmd("DATA")[0] == 354
            other.send(octets + b".\r\n")
            replies = [other.getreply()[0] for _recipient in range(1 + lmtp)]
            assert replies in ([451] * (1 + lmtp), [500] * (1 + lmtp))
            assert replies[0] == 451 or octets is not raw
        assert other.noop()[0] == 250
        assert not Message.objects.exists()

        one.close()  # it breaks off: what it took is free again
        sleep(0.5)
        assert other.rset()[0] == 250
        named(other, talk.address)
        assert other.data(raw)[0] == 250
        assert Message.objects.count() == 1


def test_a_connection_too_many_is_told_so_at_the_greeting(
    tmp_path: Path, talk: MailingList
) -> None:
    with (
        shared_database(tmp_path) as database,
        listening(database) as port,
        ExitStack() as held,
    ):
        sleep(0.5)  # the one that found out whether somebody listens is gone
        posts = [held.enter_context(smtplib.SMTP("127.0.0.1", port)) for _ in range(CONNECTIONS)]

        with pytest.raises(smtplib.SMTPConnectError, match="421"):
            smtplib.SMTP("127.0.0.1", port)

        assert posts[-1].noop()[0] == 250
        posts[0].quit()
        sleep(0.5)
        assert held.enter_context(smtplib.SMTP("127.0.0.1", port)).noop()[0] == 250


def test_the_largest_mail_fits_always_when_it_is_alone() -> None:
    largest = 2 * IN_HAND
    room = Room(largest)

    with room.share(largest) as share, room.share(1) as other:
        assert (share is None, other) == (False, None)
        assert share is not None
        assert not share.holds(largest + 1)

    assert room.taken == 0
