"""An answer to a letter that asks: it says yes, unless it says no or a robot wrote it (8, 9)."""

import pytest

from intersession.kit.answers import Refused
from intersession.lists import actions
from intersession.lists.actions.answering import answer, decline
from intersession.lists.models import Held, MailingList, Message, Question
from intersession.lists.queries.subscribers import subscription_at
from intersession.lists.queries.tokens import question_address
from intersession.lists.rules.commanding import says_no
from intersession.lists.states import HeldState, Purpose
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.testing import NOON
from tests.lists.author import subscribed
from tests.lists.commanded import ADA, beside, send
from tests.lists.held import UNPROVEN, a_held_post

QUOTED = "\n\nOn Sunday the list wrote:\n> Or answer this letter: an answer says yes.\n> no\n"


def asked(talk: MailingList, purpose: Purpose) -> Question:
    """Let a question of each kind be asked by letter."""
    if purpose == Purpose.POST:
        subscribed(talk)
        a_held_post(talk, authentic=UNPROVEN)
    elif purpose == Purpose.JOIN:
        send(beside(talk.address, "join"), proven=False)
    else:
        actions.subscribe(None, talk, ADA, at=NOON)
        what, words = ("leave", "") if purpose == Purpose.LEAVE else ("request", "digest weekly")
        send(beside(talk.address, what), words, proven=False)
    return Question.objects.get(purpose=purpose)


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", [Purpose.JOIN, Purpose.LEAVE, Purpose.CHANGE, Purpose.POST])
def test_an_answer_to_a_letter_that_asks_goes_where_it_says_yes(purpose: Purpose) -> None:
    question = asked(a_list(), purpose)

    letter = Letter.objects.get(kind=f"lists.confirm_{purpose}")
    assert letter.reply_to == question_address(question)
    assert "Or answer this letter: an answer says yes" in letter.body
    send(letter.reply_to, f"Yes.{QUOTED}", subject=f"Re: {letter.subject}", proven=False)

    with pytest.raises(Refused):
        answer(question, at=NOON)
    assert (subscription_at(question.mailing_list, ADA) is None) == (purpose == Purpose.LEAVE)
    assert Message.objects.count() == (purpose == Purpose.POST)


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", [Purpose.JOIN, Purpose.LEAVE, Purpose.CHANGE, Purpose.POST])
def test_an_answer_that_says_no_ends_the_question_and_does_nothing(purpose: Purpose) -> None:
    question = asked(a_list(), purpose)
    letters = Letter.objects.count()
    before = subscription_at(question.mailing_list, ADA)

    send(question_address(question), f"No, I never asked.{QUOTED}", subject="Re: Please confirm")

    after = subscription_at(question.mailing_list, ADA)
    assert (after, after and after.delivery) == (before, before and before.delivery)
    with pytest.raises(Refused):
        answer(question, at=NOON)
    with pytest.raises(Refused):
        decline(question, at=NOON)
    assert (Message.objects.count(), Letter.objects.count()) == (0, letters)
    assert not Held.objects.exclude(state=HeldState.EXPIRED).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["Yes.", "no"])
@pytest.mark.parametrize(
    ("envelope", "more"),
    [("", ""), (ADA, "Auto-Submitted: auto-replied\r\n"), (ADA, "Precedence: bulk\r\n"),
     (ADA, "X-Autoreply: yes\r\n"), (ADA, "List-Id: <other.example.net>\r\n")],
)  # fmt: skip
@pytest.mark.parametrize("purpose", [Purpose.JOIN, Purpose.LEAVE, Purpose.POST])
def test_the_answer_of_a_robot_leaves_the_question_open(
    purpose: Purpose, envelope: str, more: str, body: str
) -> None:
    question = asked(a_list(), purpose)

    send(question_address(question), body, envelope=envelope, more=more, subject="Re: confirm")

    question.refresh_from_db()
    assert question.answered_at is None


@pytest.mark.django_db
def test_a_vacation_reply_known_by_its_subject_alone_confirms_nothing() -> None:
    question = asked(a_list(), Purpose.JOIN)

    send(question_address(question), "I am away.", subject="Out of office: Re: confirm")

    question.refresh_from_db()
    assert question.answered_at is None


@pytest.mark.parametrize(
    "text",
    ["no", "No.", "NO!\nthanks", "\n\n  no \n", "No, I never asked", "no thanks", "Non merci",
     "нет", "Нет, спасибо", "لا", "لا، شكرا", "不", "不是我", "否。", "Stop", "“no”", "*No*",
     "> Or answer this letter\nno", "no\n-- \nAda", "No – not me"],
)  # fmt: skip
def test_an_answer_that_begins_with_a_no_says_no(text: str) -> None:
    assert says_no(text)


@pytest.mark.parametrize(
    "text",
    ["", "yes", "Oui", "ok\nno", "> no", "-- \nNo", "On Sunday Ada wrote:\nno", "Noted, thank you",
     "Nothing against it", "No dia 22 de novembro de 2026, Ada escreveu:\n> no", "November",
     "-----Original Message-----\nno"],
)  # fmt: skip
def test_any_other_answer_says_yes(text: str) -> None:
    assert not says_no(text)
