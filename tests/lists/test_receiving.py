"""What becomes of a mail to a list (checklist 3, 8, 9, 11)."""

from datetime import timedelta

import pytest

from intersession.journal.models import Entry
from intersession.kit.answers import Refused
from intersession.lists.actions.answering import answer
from intersession.lists.actions.receiving import NotTaken, receive
from intersession.lists.actions.receiving.outcomes import UNREAD_A_DAY, keep_unread
from intersession.lists.models import (
    Arrival,
    Correspondence,
    Held,
    Message,
    PostingRight,
    Question,
    Relay,
)
from intersession.lists.queries.handled import this_month
from intersession.lists.queries.operating import unread
from intersession.lists.queries.tokens import open_question, question_token
from intersession.lists.rules.judging import Authentic
from intersession.lists.states import HeldState, Outcome
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.testing import NOON
from tests.lists.author import ADDRESS, subscribed

pytestmark = pytest.mark.django_db

PROVEN = Authentic(is_authenticated=True, domain="example.org", by="dkim", policy="reject")


def a_mail(to: str, number: int = 1, more: str = "") -> bytes:
    return (
        f"From: Ada <{ADDRESS}>\r\nTo: {to}\r\nSubject: Hello {number}\r\n"
        f"Message-ID: <{number}@example.org>\r\n{more}\r\nHello.\r\n"
    ).encode()


def test_a_proven_post_of_a_subscriber_is_archived_recorded_and_set_on_its_way() -> None:
    talk = a_list()
    subscribed(talk)

    arrival = receive(talk, a_mail(talk.address), at=NOON, envelope=ADDRESS, authentic=PROVEN)

    message = Message.objects.get()
    assert (arrival.outcome, arrival.message) == (Outcome.ARCHIVED, message)
    assert (Relay.objects.get().message, Relay.objects.get().policy) == (message, "reject")
    assert Entry.objects.filter(verb="lists.archive").count() == 1


def test_a_mail_that_comes_twice_is_one_post() -> None:
    talk = a_list()
    subscribed(talk)

    one, two = (
        receive(talk, a_mail(talk.address), at=NOON, envelope=ADDRESS, authentic=PROVEN)
        for _ in range(2)
    )

    assert one.pk == two.pk
    assert (Message.objects.count(), Relay.objects.count()) == (1, 1)


def test_the_same_mail_by_another_way_is_not_relayed_again() -> None:
    talk = a_list()
    subscribed(talk)
    receive(talk, a_mail(talk.address), at=NOON, envelope=ADDRESS, authentic=PROVEN)

    again = a_mail(talk.address, more="Received: by mx.example.net\r\n")
    receive(talk, again, at=NOON, envelope=ADDRESS, authentic=PROVEN)

    assert (Message.objects.count(), Relay.objects.count(), Arrival.objects.count()) == (1, 1, 2)


def test_an_unproven_mail_waits_until_its_author_confirms_it_once() -> None:
    talk = a_list()
    subscribed(talk)

    arrival = receive(talk, a_mail(talk.address), at=NOON, envelope=ADDRESS)

    assert arrival.outcome == Outcome.CONFIRM
    assert Message.objects.count() == 0
    asked = Question.objects.get()
    letter = Letter.objects.get(kind="lists.confirm_post")
    assert letter.to == ADDRESS
    assert question_token(asked) in letter.body

    answer(asked, at=NOON)

    assert Message.objects.get().subject == "Hello 1"
    assert Held.objects.get().state == HeldState.APPROVED
    with pytest.raises(Refused):
        answer(asked, at=NOON)


def test_the_link_in_a_question_ends_with_its_time() -> None:
    talk = a_list()
    subscribed(talk)
    receive(talk, a_mail(talk.address), at=NOON, envelope=ADDRESS)
    token = question_token(Question.objects.get())

    assert open_question(token, at=NOON) is not None
    assert open_question(token, at=NOON + timedelta(days=4)) is None
    assert open_question(token[:-1] + ("a" if token[-1] != "a" else "b"), at=NOON) is None


def test_a_stranger_s_proven_post_is_held_and_both_sides_are_told_why() -> None:
    talk = a_list()

    arrival = receive(talk, a_mail(talk.address), at=NOON, envelope=ADDRESS, authentic=PROVEN)

    assert (arrival.outcome, arrival.reasons) == (Outcome.HELD, ["not-a-subscriber"])
    assert Letter.objects.filter(kind="lists.to_moderate").count() == 1
    (told,) = Letter.objects.filter(kind="lists.held")
    assert "The sender is not subscribed to this list." in told.body


def test_an_unproven_stranger_is_never_written_to() -> None:
    talk = a_list()

    arrival = receive(talk, a_mail(talk.address), at=NOON, envelope=ADDRESS)

    assert arrival.outcome == Outcome.HELD
    assert not Letter.objects.filter(to=ADDRESS).exists()


def test_an_author_hears_of_held_posts_once_a_day() -> None:
    talk = a_list()

    for number in (1, 2, 3):
        receive(talk, a_mail(talk.address, number), at=NOON, envelope=ADDRESS, authentic=PROVEN)

    assert Letter.objects.filter(kind="lists.held").count() == 1


def test_a_suspended_author_is_refused_on_the_line_with_the_reason() -> None:
    talk = a_list()
    subscribed(talk)
    PostingRight.objects.create(
        mailing_list=talk, address=ADDRESS, standing="suspended", since=NOON
    )

    with pytest.raises(NotTaken) as refusal:
        receive(talk, a_mail(talk.address), at=NOON, envelope=ADDRESS, authentic=PROVEN)

    assert str(refusal.value).startswith("550 5.7.1")
    assert "suspended" in refusal.value.words
    assert Arrival.objects.count() == 0


def test_what_went_in_a_circle_is_kept_and_answered_to_nobody() -> None:
    talk = a_list()
    subscribed(talk)
    own = f"List-Id: <{talk.name}.lists.example.org>\r\n"

    arrival = receive(
        talk, a_mail(talk.address, more=own), at=NOON, envelope=ADDRESS, authentic=PROVEN
    )

    assert (arrival.outcome, arrival.reasons) == (Outcome.DROPPED, ["own-list"])
    assert bytes(Arrival.objects.get().raw)
    assert not Letter.objects.exists()


def test_what_cannot_be_read_reaches_the_owners_once_and_never_as_a_flood() -> None:
    talk = a_list()

    first = keep_unread(talk, b"\0\xff\r\n", "x@example.net", at=NOON)
    again = keep_unread(talk, b"\0\xff\r\n", "x@example.net", at=NOON)

    assert (first.pk, first.outcome) == (again.pk, Outcome.UNREADABLE)
    kept = Correspondence.objects.get()
    assert (kept.mailing_list, kept.mailbox) == (talk, "owner")
    assert Letter.objects.filter(kind="lists.office").count() == 1
    for number in range(UNREAD_A_DAY):
        keep_unread(talk, b"%d\0\r\n" % number, "x@example.net", at=NOON)
    assert Letter.objects.filter(kind="lists.office").count() == UNREAD_A_DAY
    assert Arrival.objects.filter(outcome=Outcome.UNREADABLE).count() == UNREAD_A_DAY + 1
    counted = this_month(talk, at=NOON + timedelta(hours=1))
    assert (counted.came, counted.kept_out) == (UNREAD_A_DAY + 1, UNREAD_A_DAY + 1)
    assert unread(since=NOON).posts == UNREAD_A_DAY + 1


@pytest.mark.parametrize(
    "author",
    [
        b"x\x80\xff at example.org", b"x\0y at exa\0mple.org (N\0)", b"x at " + b"y" * 5000,
        b"A <" + b"x" * 64 + b"@" + b"e" * 400 + b".org>",
    ],
)  # fmt: skip
def test_an_author_that_no_column_holds_is_held_and_not_asked_to_come_again(author: bytes) -> None:
    talk = a_list()
    raw = b"From: " + author + b"\r\n" + a_mail(talk.address).partition(b"\r\n")[2]

    arrival = receive(talk, raw, at=NOON, envelope=ADDRESS)

    assert arrival.outcome == Outcome.HELD
    assert len(Held.objects.get().address) <= 254
