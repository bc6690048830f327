"""A list is closed, or a wait ends, while an author confirms: one waits for the other."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from time import sleep

import pytest
from django.db import connections, transaction

from intersession.lists import actions
from intersession.lists.actions.answering import answer
from intersession.lists.actions.expiring import expire
from intersession.lists.models import Held, Message, Question
from intersession.lists.states import HeldState, Purpose
from intersession.lists.testing import a_list
from intersession.people.testing import NOON, the_secretariat
from tests.lists.author import subscribed
from tests.lists.held import UNPROVEN, a_held_post

pytestmark = [
    pytest.mark.postgres,  # SQLite has one writer at a time
    pytest.mark.django_db(transaction=True),
]

LATER = NOON + timedelta(hours=1)


def asked() -> Question:
    """Let a post of Ada come in that she has to confirm."""
    talk = a_list()
    subscribed(talk)
    held = a_held_post(talk, authentic=UNPROVEN)
    return Question.objects.get(held=held, purpose=Purpose.POST)


def answer_meanwhile(question: Question, act: Callable[[], object], *, has_post: bool) -> None:
    """
    Answer a question while somebody does something on another connection.

    The answer has the question, or the post too, as the other begins.
    """

    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    other = Thread(target=run)
    with transaction.atomic():
        list(Question.objects.select_for_update().filter(pk=question.pk))
        if has_post:
            list(Held.objects.select_for_update().filter(pk=question.held_id))
        other.start()
        sleep(0.5)
        answer(question, at=LATER)
    other.join()


@pytest.mark.parametrize("has_post", [False, True])
def test_a_list_is_closed_while_an_author_confirms(has_post: bool) -> None:
    question = asked()
    talk, somebody = question.mailing_list, the_secretariat()

    answer_meanwhile(
        question, lambda: actions.close_list(somebody, talk, at=LATER), has_post=has_post
    )

    talk.refresh_from_db()
    assert talk.closed_at == LATER
    assert (Held.objects.get().state, Message.objects.count()) == (HeldState.APPROVED, 1)


def test_the_wait_of_a_post_ends_while_its_author_confirms() -> None:
    question = asked()

    answer_meanwhile(question, lambda: expire(Held.objects.get().pk, at=LATER), has_post=False)

    assert Held.objects.get().state == HeldState.APPROVED
