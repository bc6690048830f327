"""A post confirmed by its author: it proves who wrote it, and is above no rule of the list."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from intersession.kit.answers import Refused
from intersession.lists import actions
from intersession.lists.actions.answering import answer
from intersession.lists.models import (
    Arrival,
    Held,
    MailingList,
    Message,
    PostingRight,
    Question,
    Thread,
)
from intersession.lists.states import HeldState, Outcome, Purpose
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, the_secretariat
from tests.lists.archive import archived
from tests.lists.author import ADDRESS, subscribed
from tests.lists.held import UNPROVEN, a_held_post
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)
ROOT = "root@example.org"


@pytest.fixture
def talk() -> MailingList:
    found = a_list()
    subscribed(found)
    archived(found, [mail(ROOT)])
    return found


def asked_about(talk: MailingList) -> Question:
    """Let an unproven post of Ada come in, an answer to the thread that is there."""
    held = a_held_post(talk, authentic=UNPROVEN, more=f"In-Reply-To: <{ROOT}>\r\n")
    return Question.objects.get(held=held, purpose=Purpose.POST)


def stand(talk: MailingList, standing: str) -> None:
    PostingRight.objects.create(mailing_list=talk, address=ADDRESS, standing=standing, since=NOON)


def test_what_the_list_lets_out_goes_out(talk: MailingList) -> None:
    answer(asked_about(talk), at=LATER)

    assert Held.objects.get().state == HeldState.APPROVED
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        (lambda talk: stand(talk, "moderated"), "moderated"),
        (lambda talk: MailingList.objects.update(stopped_at=NOON), "stopped"),
        (lambda talk: MailingList.objects.update(holds_first=True), "first-post"),
        (lambda talk: MailingList.objects.update(posting="members"), "not-a-member"),
        (lambda talk: Thread.objects.update(closed_at=NOON), "closed-topic"),
    ],
)
def test_what_a_moderator_must_see_waits_for_one(
    talk: MailingList, limit: Callable[[MailingList], object], reason: str
) -> None:
    asked = asked_about(talk)
    limit(talk)

    answer(asked, at=LATER)

    held = Held.objects.get()
    assert (held.state, held.reasons, held.message) == (HeldState.HELD, [reason], None)
    assert Message.objects.count() == 1
    assert Letter.objects.filter(kind="lists.to_moderate").count() == 1
    with pytest.raises(Refused):
        answer(asked, at=LATER)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (lambda talk: stand(talk, "suspended"), "suspended"),
        (lambda talk: MailingList.objects.update(posting="officers"), "office"),
        (lambda talk: MailingList.objects.update(closed_at=NOON), "closed"),
        (lambda talk: MailingList.objects.update(mirrors="x@example.net"), "lives elsewhere"),
        (lambda talk: Held.objects.update(raw=b""), "not there any more"),
    ],
)
def test_what_the_list_does_not_take_is_refused_and_stays_as_it_was(
    talk: MailingList, limit: Callable[[MailingList], object], words: str
) -> None:
    asked = asked_about(talk)
    limit(talk)

    with pytest.raises(Refused, match=words):
        answer(asked, at=LATER)

    asked.refresh_from_db()
    assert (asked.answered_at, Held.objects.get().state) == (None, HeldState.WAITING)
    assert Message.objects.count() == 1


def test_a_list_that_is_closed_ends_what_waits_for_its_author(talk: MailingList) -> None:
    asked = asked_about(talk)

    actions.close_list(the_secretariat(), talk, at=LATER)

    assert Held.objects.get().state == HeldState.EXPIRED
    actions.reopen_list(the_secretariat(), talk, at=LATER)
    with pytest.raises(Refused):
        answer(asked, at=LATER)


def test_a_second_unproven_post_of_a_day_goes_to_the_moderators(talk: MailingList) -> None:
    one = a_held_post(talk, 1, authentic=UNPROVEN)
    two = a_held_post(talk, 2, authentic=UNPROVEN)
    next_day = a_held_post(talk, 3, authentic=UNPROVEN, at=NOON + timedelta(days=1))

    assert [post.state for post in (one, two, next_day)] == ["waiting", "held", "waiting"]
    assert two.reasons == ["unproven"]
    assert Letter.objects.filter(kind="lists.confirm_post").count() == 2
    assert Letter.objects.filter(kind="lists.to_moderate").count() == 1
    ends = Arrival.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(ends) == [Outcome.CONFIRM, Outcome.HELD, Outcome.CONFIRM]
