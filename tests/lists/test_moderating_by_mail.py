"""Moderation by mail: one word in answer to the letter (checklist 11, issue point 4)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from intersession.coalitions.models import Seat
from intersession.kit.answers import Refused
from intersession.lists import actions
from intersession.lists.actions.answering import answer
from intersession.lists.actions.entrance import take
from intersession.lists.models import Held, MailingList, Message, PostingRight, Question
from intersession.lists.queries.addressed import destination
from intersession.lists.queries.tokens import question_address, question_token
from intersession.lists.rules.deciding import WORDS, Decision, Do, decision, decision_in
from intersession.lists.rules.judging import Authentic
from intersession.lists.states import HeldState, Purpose
from intersession.lists.testing import a_list
from intersession.outbox import formats
from intersession.outbox.models import Letter
from intersession.people.models import Person
from intersession.people.testing import NOON
from tests.lists.author import ADDRESS
from tests.lists.held import a_held_post, a_moderator

RE = "From: Mo <mo@example.org>\r\nTo: talk\r\nSubject: Re: a post waits\r\n"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("approve", Decision(Do.APPROVE)),
        ("Approve.\r\n\r\n> What it says: reject", Decision(Do.APPROVE)),
        ("  APPROVE  \n-- \nMo", Decision(Do.APPROVE)),
        ("trust", Decision(Do.TRUST)),
        ("discard", Decision(Do.DISCARD)),
        ("reject It is about cats.", Decision(Do.REJECT, "It is about cats.")),
        ("Reject: It is\nabout cats.\n\nMo", Decision(Do.REJECT, "It is about cats.")),
        ("reject", Decision(Do.REJECT)),
        ("reject\nIt is about cats.", Decision(Do.REJECT, "It is about cats.")),
        ("rejeter C’est hors sujet.", Decision(Do.REJECT, "C’est hors sujet.")),
        ("Approuver", Decision(Do.APPROVE)),
        ("Rechazar: no es para esta lista", Decision(Do.REJECT, "no es para esta lista")),
        ("отклонить не по теме", Decision(Do.REJECT, "не по теме")),
        ("رفض خارج الموضوع", Decision(Do.REJECT, "خارج الموضوع")),
        ("拒绝：与本列表无关", Decision(Do.REJECT, "与本列表无关")),
        ("批准", Decision(Do.APPROVE)),
        ("approval is not mine to give", Decision(None, unread="approval is not mine to give")),
        ("> approve", Decision(None)),
        ("", Decision(None)),
        (
            "reject Off topic.\nOn Sun, 1 Mar 2026 at 12:00, House wrote:\n> reject",
            Decision(Do.REJECT, "Off topic."),
        ),
    ],
)
def test_the_first_line_decides(text: str, meant: Decision) -> None:
    assert decision(text) == meant


def test_every_word_of_the_table_is_read_as_what_it_means() -> None:
    for do, words in WORDS.items():
        assert [decision(word).do for word in words] == [do] * len(words)


@given(st.text())
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    assert len(decision(text).reason) <= 1000


@pytest.mark.parametrize(
    "field", ["Auto-Submitted: auto-replied", "X-Autoreply: yes", "Precedence: bulk"]
)
def test_a_robot_decides_nothing(field: str) -> None:
    assert decision_in(f"{RE}{field}\r\n\r\napprove\r\n".encode()) is None


@pytest.fixture
def talk() -> MailingList:
    return a_list()


@pytest.fixture
def moderator(talk: MailingList) -> Person:
    return a_moderator(talk.coalition)


def reply(
    asked: Question, text: str, *, at: datetime = NOON, more: str = "", envelope: str = "mo@x.org"
) -> None:
    """Answer the letter about a held post by mail, as a server would hand it in."""
    where = destination(question_address(asked))
    assert where is not None
    raw = f"{RE}{more}\r\n{text}\r\n".encode()
    take(where, raw, at=at, envelope=envelope, authentic=Authentic())


def asked_of(moderator: Person) -> Question:
    return Question.objects.get(purpose=Purpose.MODERATE, address=moderator.email)


def answers_to(moderator: Person) -> list[str]:
    letters = Letter.objects.filter(to=moderator.email, kind="lists.moderated_by_mail")
    return [letter.body for letter in letters.order_by("pk")]


@pytest.mark.django_db
def test_the_letter_says_what_waits_and_its_answer_goes_to_the_token(
    talk: MailingList, moderator: Person
) -> None:
    held = a_held_post(talk, body="What Ada says.")

    [letter] = Letter.objects.filter(kind="lists.to_moderate")

    assert letter.to == moderator.email
    assert letter.reply_to == question_address(asked_of(moderator))
    assert formats.message(letter).message()["Reply-To"] == letter.reply_to
    assert "What Ada says." in letter.body
    assert ADDRESS in letter.body
    assert f"/lists/{talk.name}/queue/{held.pk}/" in letter.body
    assert "The sender is not subscribed to this list." in letter.body


@pytest.mark.django_db
def test_approve_by_mail_lets_the_post_out_and_says_so(
    talk: MailingList, moderator: Person
) -> None:
    held = a_held_post(talk)

    reply(asked_of(moderator), "approve\r\n\r\n> What it says")

    held.refresh_from_db()
    assert (held.state, held.decided_by) == (HeldState.APPROVED, moderator)
    assert Message.objects.get() == held.message
    [told] = answers_to(moderator)
    assert "The post went out." in told


@pytest.mark.django_db
def test_reject_by_mail_gives_its_reason_to_the_author(
    talk: MailingList, moderator: Person
) -> None:
    a_held_post(talk)

    reply(asked_of(moderator), "reject Please write in plain text.")

    [told] = Letter.objects.filter(kind="lists.rejected", to=ADDRESS)
    assert "Please write in plain text." in told.body


@pytest.mark.django_db
def test_trust_and_discard_by_mail(talk: MailingList, moderator: Person) -> None:
    one = a_held_post(talk)
    reply(asked_of(moderator), "confiance")
    two = a_held_post(talk, 2)
    reply(Question.objects.get(held=two), "删除")

    assert [post.state for post in Held.objects.filter(pk__in=[one.pk, two.pk]).order_by("pk")] == [
        HeldState.APPROVED, HeldState.DISCARDED,
    ]  # fmt: skip
    assert PostingRight.objects.filter(address=ADDRESS, standing="trusted").exists()


@pytest.mark.django_db
def test_a_token_decides_once(talk: MailingList, moderator: Person) -> None:
    held = a_held_post(talk)
    reply(asked_of(moderator), "discard")

    reply(asked_of(moderator), "approve")

    held.refresh_from_db()
    assert held.state == HeldState.DISCARDED
    assert "does not wait for a moderator: Discarded" in answers_to(moderator)[-1]


@pytest.mark.django_db
def test_a_token_ends_with_the_time_of_its_post(talk: MailingList, moderator: Person) -> None:
    held = a_held_post(talk)

    reply(asked_of(moderator), "approve", at=NOON + timedelta(days=15))

    held.refresh_from_db()
    assert held.state == HeldState.HELD
    assert "is over" in answers_to(moderator)[0]


@pytest.mark.django_db
def test_what_nobody_understands_is_asked_again_and_uses_nothing_up(
    talk: MailingList, moderator: Person
) -> None:
    held = a_held_post(talk)

    reply(asked_of(moderator), "I do not know")
    [again] = Letter.objects.filter(kind="lists.moderated_by_mail")
    assert again.reply_to == question_address(asked_of(moderator))
    reply(asked_of(moderator), "approve")

    held.refresh_from_db()
    assert held.state == HeldState.APPROVED


@pytest.mark.django_db
def test_a_robot_that_hides_is_answered_once(talk: MailingList, moderator: Person) -> None:
    held = a_held_post(talk)

    for number in range(3):
        reply(asked_of(moderator), f"I am away. ({number})")
    assert len(answers_to(moderator)) == 1
    for _time in range(2):
        reply(asked_of(moderator), "reject")
    assert len(answers_to(moderator)) == 2
    reply(asked_of(moderator), "approve")

    held.refresh_from_db()
    assert held.state == HeldState.APPROVED


@pytest.mark.django_db
def test_a_rejection_by_mail_without_a_reason_is_asked_for_it(
    talk: MailingList, moderator: Person
) -> None:
    held = a_held_post(talk)

    reply(asked_of(moderator), "reject")

    held.refresh_from_db()
    assert held.state == HeldState.HELD
    assert "Please give the reason" in answers_to(moderator)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "envelope"),
    [
        ("Auto-Submitted: auto-replied\r\n", "mo@x.org"),
        ("X-Vacation: yes\r\n", "mo@x.org"),
        ("", ""),
    ],
)
def test_an_absence_notice_decides_nothing_and_hears_nothing(
    talk: MailingList, moderator: Person, more: str, envelope: str
) -> None:
    held = a_held_post(talk)

    reply(asked_of(moderator), "approve", more=more, envelope=envelope)

    held.refresh_from_db()
    assert held.state == HeldState.HELD
    assert answers_to(moderator) == []


@pytest.mark.django_db
def test_who_moderates_no_longer_decides_no_longer(talk: MailingList, moderator: Person) -> None:
    held = a_held_post(talk)
    Seat.objects.filter(person=moderator).update(until=NOON + timedelta(hours=1))

    reply(asked_of(moderator), "approve", at=NOON + timedelta(hours=2))

    held.refresh_from_db()
    assert held.state == HeldState.HELD
    assert "Only a moderator" in answers_to(moderator)[0]


@pytest.mark.django_db
def test_what_another_moderator_decided_is_said(talk: MailingList, moderator: Person) -> None:
    held = a_held_post(talk)
    actions.approve(a_moderator(talk.coalition), held, at=NOON)

    reply(asked_of(moderator), "reject Too late.")

    held.refresh_from_db()
    assert held.state == HeldState.APPROVED
    assert "Approved" in answers_to(moderator)[0]


@pytest.mark.django_db
def test_a_forged_token_does_nothing(talk: MailingList, moderator: Person) -> None:
    a_held_post(talk)
    address = question_address(asked_of(moderator))
    name, _plus, rest = address.partition("+")
    forged = f"{name}+{'a' if rest[0] != 'a' else 'b'}{rest[1:]}"
    where = destination(forged)
    assert where is not None

    take(where, f"{RE}\r\napprove\r\n".encode(), at=NOON, envelope="x@x.org", authentic=Authentic())

    assert Held.objects.get().state == HeldState.HELD


@pytest.mark.django_db
def test_a_flood_of_held_posts_is_no_flood_of_letters(talk: MailingList, moderator: Person) -> None:
    for number in range(25):
        a_held_post(talk, number)

    letters = Letter.objects.filter(kind="lists.to_moderate", to=moderator.email)

    assert letters.count() == 20
    assert "no more letters come in this hour" in letters.latest("pk").body
    a_held_post(talk, 99, at=NOON + timedelta(hours=1, minutes=1))
    assert letters.count() == 21


@pytest.mark.django_db
def test_a_token_of_a_moderator_decides_nothing_without_a_word(
    talk: MailingList, moderator: Person, client: Client
) -> None:
    held = a_held_post(talk)
    asked = asked_of(moderator)

    with pytest.raises(Refused):
        answer(asked, at=NOON)

    Question.objects.update(ends_at=NOON + timedelta(days=36_500))
    shown = client.get(f"/lists/questions/{question_token(asked)}/")
    assert shown.headers["Location"] == f"/lists/{talk.name}/queue/{held.pk}/"
    asked.refresh_from_db()
    assert asked.answered_at is None
