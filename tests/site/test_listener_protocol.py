"""The listener as a partner (checklist 1, 2, 4): what it announces, refuses, and sees through."""

import smtplib
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db.models import QuerySet

from intersession.kit import clock
from intersession.lists.models import MailingList, Message, PostingRight
from intersession.lists.queries import raw_of
from intersession.lists.testing import a_list
from intersession.people.testing import NOON
from intersession.site.listening import LATER, NOBODY, TAKEN, one_for_all
from tests.lists.author import ADDRESS, authored, subscribed
from tests.processes import a_new_database
from tests.site.test_listener import POST, listening, send


@pytest.fixture(scope="module")
def ports(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, int]]:
    """Two listeners on one database, which all tests share: one by LMTP, one by SMTP."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        place = tmp_path_factory.mktemp("protocol") / "shared.sqlite3"
        database = stack.enter_context(a_new_database(place))
        yield {
            "lmtp": stack.enter_context(listening(database, "--lmtp", "--megabytes", "3")),
            "smtp": stack.enter_context(listening(database)),
        }


@pytest.fixture
def lmtp(ports: dict[str, int]) -> Iterator[smtplib.LMTP]:
    with smtplib.LMTP("127.0.0.1", ports["lmtp"]) as post:
        post.ehlo()
        yield post


def posts(*lists: MailingList) -> QuerySet[Message]:
    """The posts of these lists alone."""
    return Message.objects.filter(mailing_list__in=lists)


def test_size_8bitmime_and_smtputf8_are_announced(lmtp: smtplib.LMTP) -> None:
    told = {name: lmtp.esmtp_features.get(name) for name in ("size", "8bitmime", "smtputf8")}

    assert told == {"size": "3000000", "8bitmime": "", "smtputf8": ""}


def test_a_recipient_that_is_none_is_refused_before_any_mail_is_sent(lmtp: smtplib.LMTP) -> None:
    talk, closed = a_list(), a_list()
    MailingList.objects.filter(pk=closed.pk).update(closed_at=clock.now())
    host = "@lists.example.org"
    lmtp.mail(ADDRESS)
    none = [
        f"nobody{host}", closed.address, f"{closed.name}-join{host}",
        f"{talk.name}-whatever{host}", f"{talk.name}+more{host}",
        f"{talk.name}@elsewhere.example.org", "no-address",
    ]  # fmt: skip
    some = [f"{talk.name}{what}{host}" for what in ("", "-request", "-join", "-unsubscribe")]

    replies = [lmtp.rcpt(to) for to in none]

    assert {(code, words[:5]) for code, words in replies} == {(550, b"5.1.1")}
    assert {lmtp.rcpt(to)[0] for to in some} == {250}


def test_of_two_lists_in_one_transaction_one_may_refuse_and_the_other_keep(
    lmtp: smtplib.LMTP,
) -> None:
    one, two = a_list(), a_list()
    subscribed(one, two)
    PostingRight.objects.create(mailing_list=one, address=ADDRESS, standing="suspended", since=NOON)
    lmtp.mail(ADDRESS)
    for to in (one, two):
        lmtp.rcpt(to.address)
    raw = authored(POST.format(n=1, to=f"{one.address}, {two.address}"))

    first, second = lmtp.data(raw), lmtp.getreply()

    assert (first[0], first[1][:5], second[0]) == (550, b"5.7.1", 250)
    assert [message.mailing_list_id for message in posts(one, two)] == [two.pk]


def test_addresses_and_words_beyond_ascii_are_taken(lmtp: smtplib.LMTP) -> None:
    talk = a_list()
    subscribed(talk)
    text = POST.format(n=1, to=talk.address).replace("Good day.", "Grüße, привет")
    raw = authored(text)
    replies = [
        lmtp.mail("ада@почта.example", ["SMTPUTF8", "BODY=8BITMIME"])[0],
        lmtp.rcpt(talk.address)[0],
        lmtp.data(raw)[0],
    ]

    assert replies == [250, 250, 250]
    assert raw_of(posts(talk).select_related("content").get().content) == raw


def test_a_mail_that_comes_again_to_more_lists_is_one_post_in_each(
    ports: dict[str, int],
) -> None:
    one, two = a_list(), a_list()
    subscribed(one, two)
    text = POST.format(n=1, to=f"{one.address}, {two.address}")
    with smtplib.SMTP("127.0.0.1", ports["smtp"]) as post:
        for to in ([one.address], [one.address, two.address], [two.address]):
            send(post, to, text)

    assert sorted(message.mailing_list_id for message in posts(one, two)) == [one.pk, two.pk]


def test_what_shall_come_again_goes_before_what_is_refused_for_good() -> None:
    assert one_for_all([TAKEN, TAKEN]) == TAKEN
    assert one_for_all([TAKEN, NOBODY]) == NOBODY
    assert one_for_all([NOBODY, TAKEN, LATER]) == LATER


@pytest.mark.parametrize("sender", [b"\xff@example.org", b"ada@\xff.org", b"a\0b@example.org"])
def test_a_sender_that_is_no_text_is_refused_before_any_mail_is_sent(
    lmtp: smtplib.LMTP, sender: bytes
) -> None:
    lmtp.send(b"MAIL FROM:<" + sender + b">\r\n")

    assert lmtp.getreply()[0] // 100 == 5


@pytest.mark.parametrize("to", [b"\xff@lists.example.org", b"talk@\xff.example.org", b"a\0@b.org"])
def test_a_recipient_that_is_no_text_is_nobody(lmtp: smtplib.LMTP, to: bytes) -> None:
    lmtp.mail(ADDRESS)
    lmtp.send(b"RCPT TO:<" + to + b">\r\n")

    assert lmtp.getreply()[0] // 100 == 5
