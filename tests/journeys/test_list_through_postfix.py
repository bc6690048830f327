"""A list with 200 members through a real Postfix, from the first post to the last click."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import dkim
import pytest
from django.test import Client

from intersession.lists.models import Bounce, Held, MailingList, Message, Subscription, Tally
from intersession.lists.states import HeldState, Tallied
from intersession.lists.testing import a_list
from intersession.people.testing import a_person
from tests.faults.house import POST, House, a_house, a_post, subscribed, until
from tests.faults.sink import Sink
from tests.journeys.postfix import postfix, why_not
from tests.lists import keys
from tests.lists.author import ADDRESS, authored, plainly_authored, records
from tests.lists.held import a_moderator

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MEMBERS = [f"reader-{n}@example.net" for n in range(199)]
GONE = MEMBERS[-1]
"""Whose mailbox is no more."""


@pytest.fixture(autouse=True)
def can_run() -> None:
    if reason := why_not():
        pytest.skip(reason)


def world() -> Sink:
    """Make the mail server of all readers, at which one mailbox is gone."""

    def answer(command: bytes, recipient: str) -> bytes | None:
        gone = command == b"RCPT" and recipient == GONE
        return b"550 5.1.1 There is no such mailbox\r\n" if gone else None

    return Sink(answer=answer, keeps=True)


@dataclass
class Town:
    """Our house, Postfix before and behind it, and what people there do."""

    house: House
    port: int
    talk: MailingList

    def send(self, raw: bytes, sender: str, to: str) -> None:
        """Hand a mail to Postfix, as somebody in the world."""
        with smtplib.SMTP("127.0.0.1", self.port, "test") as post:
            assert post.sendmail(sender, [to], raw) == {}

    def beside(self, what: str) -> str:
        """Return an address beside the list's own."""
        return self.talk.address.replace("@", f"-{what}@")

    def got(self, reader: str, words: bytes = b"") -> list[tuple[str, bytes]]:
        """Return what a reader got that has these words in it: return path and mail."""
        contents = list(self.house.sink.contents)
        return [(sender, raw) for sender, to, raw in contents if to == reader and words in raw]

    def waits_for(self, reader: str, words: bytes) -> tuple[str, bytes]:
        """Wait until a reader gets a mail with these words in it."""
        until(lambda: bool(self.got(reader, words)), f"{reader} got no {words!r}")
        return self.got(reader, words)[0]


@contextmanager
def a_town(tmp_path: Path) -> Iterator[Town]:
    talk = a_list()
    subscribed(talk, [ADDRESS, *MEMBERS])
    Subscription.objects.filter(address=ADDRESS).update(delivery="none")
    a_moderator(talk.coalition, a_person(email="mo@example.net"))
    with (
        a_house(tmp_path, sink=world()) as house,
        postfix(lists=house.lmtp, world=house.sink.port) as port,
    ):
        house.listener()
        house.worker(INTERSESSION_MAIL_PORT=str(port), INTERSESSION_MAIL_FROM="house@example.net")
        yield Town(house, port, talk)


def test_a_list_with_two_hundred_members_lives_through_postfix(tmp_path: Path) -> None:
    with a_town(tmp_path) as town:
        a_post_reaches_everybody_as_it_was_written(town)
        an_answer_joins_the_thread(town)
        a_mailbox_that_is_gone_is_noted_and_an_absent_reader_is_not(town)
        one_click_ends_the_mail(town)
        somebody_joins_by_mail_without_an_account(town)
        a_moderator_lets_a_post_out_by_mail(town)


def a_post_reaches_everybody_as_it_was_written(town: Town) -> None:
    raw = a_plain_post(town.talk, 1, "Good day to you all,\n.\n..and to the dots. \n\n--  \nAda")
    town.send(raw, ADDRESS, town.talk.address)
    until(lambda: len(town.house.sink.times()) == 198, "not everybody got it")
    assert set(town.house.sink.times().values()) == {1}

    message = Message.objects.select_related("mailing_list").get()
    _, copy = town.got(MEMBERS[0])[0]
    head = cast("EmailMessage", message_from_bytes(copy, policy=policy.default))
    assert copy.partition(b"\r\n\r\n")[2] == raw.partition(b"\r\n\r\n")[2]
    assert head["From"] == f"Ada <{ADDRESS}>"
    assert head["Archived-At"] == f"<https://dc.example.org{message.get_absolute_url()}>"
    assert "dc.example.org" in head["List-Unsubscribe"]
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert head["List-Post"] == f"<mailto:{town.talk.address}>"
    names = ("List-Id", "List-Help", "List-Owner", "List-Archive", "List-Subscribe")
    assert [name for name in names if head[name] is None] == []
    assert signed_by(copy) == {"example.org": True, "lists.example.org": True}
    assert dkim.arc_verify(copy, dnsfunc=dns)[0] == dkim.CV_Pass
    reader = Client()
    assert reader.get(message.get_absolute_url(), secure=True).status_code == 200
    paths = {sender for sender, _to, _raw in town.house.sink.contents}
    begin = town.beside("bounces").partition("@")[0] + "+"
    assert len(paths) == len([path for path in paths if path.startswith(begin)]) == 198


def a_plain_post(to: MailingList, number: int, text: str) -> bytes:
    """Write a post that is signed as most are."""
    lines = POST.format(to=to.address, number=number, text=text).splitlines()
    return plainly_authored("\r\n".join([*lines, ""]).encode())


def dns(name: bytes, timeout: int = 5) -> bytes | None:
    """Answer for the keys of Ada's domain and of ours."""
    known = records().get(name.decode().rstrip("."))
    return known[0].encode() if known else keys.dns(name)


def signed_by(copy: bytes) -> dict[str, bool]:
    """Return whose signatures a copy bears, and which of them hold."""
    head = dkim.rfc822_parse(copy)[0]
    fields = [value for name, value in head if name.lower() == b"dkim-signature"]
    domains = [re.search(rb"\bd=([^;\s]+)", value) for value in fields]
    return {
        found[1].decode(): dkim.DKIM(copy).verify(idx=place, dnsfunc=dns)
        for place, found in enumerate(domains)
        if found
    }


def an_answer_joins_the_thread(town: Town) -> None:
    raw = (
        f"From: Ada <{ADDRESS}>\nTo: {town.talk.address}\nSubject: Re: Post 1\n"
        "Message-ID: <answer@example.org>\nIn-Reply-To: <1@example.org>\n"
        "References: <1@example.org>\nDate: Sun, 1 Mar 2026 13:00:00 +0000\n\nOne more thing.\n"
    )
    town.send(authored(raw), ADDRESS, town.talk.address)
    until(lambda: len(town.house.sink.times()) == 2 * 198, "not everybody got the answer")

    first, answer = Message.objects.order_by("number")
    assert (answer.thread_id, answer.parent_id) == (first.thread_id, first.pk)


def a_mailbox_that_is_gone_is_noted_and_an_absent_reader_is_not(town: Town) -> None:
    until(lambda: Bounce.objects.count() == 2, "the reports did not come back")
    gone = Subscription.objects.get(address=GONE)
    assert {(one.subscription_id, one.status) for one in Bounce.objects.all()} == {
        (gone.pk, "5.1.1")
    }
    assert gone.until is None
    back = town.got(MEMBERS[1])[0][0]
    away = (
        f"From: {MEMBERS[1]}\r\nTo: {back}\r\nSubject: I am away\r\n"
        "Auto-Submitted: auto-replied\r\nMessage-ID: <away@example.net>\r\n\r\nUntil Monday.\r\n"
    )
    town.send(away.encode(), MEMBERS[1], back)
    until(lambda: Tally.objects.filter(what=Tallied.REPLY).exists(), "it did not come")
    assert set(Bounce.objects.values_list("subscription__address", flat=True)) == {GONE}


def one_click_ends_the_mail(town: Town) -> None:
    _, copy = town.got(MEMBERS[2])[0]
    told = str(message_from_bytes(copy, policy=policy.default)["List-Unsubscribe"])
    found = re.search(r"<(https://dc\.example\.org/[^>]+)>", told)
    assert found is not None
    mail_program = Client(enforce_csrf_checks=True)
    answer = mail_program.post(
        urlsplit(found[1]).path, {"List-Unsubscribe": "One-Click"}, secure=True
    )
    assert answer.status_code == 200
    assert Subscription.objects.filter(address=MEMBERS[2], until=None).count() == 0

    town.send(a_post(town.talk, 3), ADDRESS, town.talk.address)
    until(lambda: len(town.house.sink.times()) == 2 * 198 + 197, "not everybody got the third")
    assert town.got(MEMBERS[2], b"Message-ID: <3@example.org>") == []
    _, copy = town.got(MEMBERS[0], b"Message-ID: <3@example.org>")[0]
    assert b"\r\nFrom: Ada via " in copy, "its signature bars new fields, and its domain is strict"
    until(lambda: Bounce.objects.count() == 3, "the third report did not come back")
    assert set(Bounce.objects.values_list("subscription__address", flat=True)) == {GONE}


def somebody_joins_by_mail_without_an_account(town: Town) -> None:
    eve = "eve@example.net"
    town.send(a_mail(eve, town.beside("join"), "join"), eve, town.beside("join"))
    _, question = town.waits_for(eve, b"confirm")
    letter = cast("EmailMessage", message_from_bytes(question, policy=policy.default))
    text = letter.get_body(("plain",))
    assert text is not None
    found = re.search(r"\S+-confirm\+\S+@lists\.example\.org", text.get_content())
    assert found is not None
    asked = found[0]
    assert not Subscription.objects.filter(address=eve).exists()

    town.send(a_mail(eve, asked, "confirm"), eve, asked)
    until(lambda: Subscription.objects.filter(address=eve).exists(), "eve is not on the list")


def a_moderator_lets_a_post_out_by_mail(town: Town) -> None:
    bob, mo = "bob@example.net", "mo@example.net"
    town.send(a_mail(bob, town.talk.address, "hello-from-bob"), bob, town.talk.address)
    _, letter = town.waits_for(mo, b"hello-from-bob")
    held = Held.objects.get(address=bob)
    assert held.state == HeldState.HELD
    asked = str(message_from_bytes(letter, policy=policy.default)["Reply-To"])

    town.send(a_mail(mo, asked, "re", "approve"), mo, asked)
    _, copy = town.waits_for(MEMBERS[0], b"hello-from-bob")

    assert b"\r\nFrom: bob@example.net\r\n" in copy
    until(lambda: Message.objects.count() == 4, "it is not in the archive")
    held.refresh_from_db()
    assert held.state == HeldState.APPROVED


def a_mail(sender: str, to: str, subject: str, text: str = "Good day.") -> bytes:
    """Write a plain mail, which proves nothing."""
    name = f"{subject}-{sender}"
    return (
        f"From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{name}>\r\n"
        f"Date: Sun, 1 Mar 2026 14:00:00 +0000\r\n\r\n{text}\r\n"
    ).encode()
