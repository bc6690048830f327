"""Mails, clicks and the clock at once about one call: each waits its turn, and nothing is lost."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connections

from intersession.decisions import actions
from intersession.decisions.models import Position, Proposal
from intersession.decisions.states import Stance
from intersession.decisions.testing import MINUTE, an_amended_text
from intersession.kit.answers import Refused
from intersession.lists.models import MailAnswer, Message
from intersession.people.testing import NOON
from tests.decisions.mailed import LATER, a_call_by_mail, answer
from tests.decisions.test_calls_on_lists import reply

pytestmark = [
    pytest.mark.postgres,  # SQLite has one writer at a time
    pytest.mark.django_db(transaction=True),
]
DAYS = 4


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Do things on connections of their own at one moment; return what went wrong."""
    start, troubles = Barrier(len(acts)), list[BaseException]()

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except Exception as problem:  # raised by the thread of the test, which reads them
            troubles.append(problem)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    return troubles


def test_two_answers_in_one_moment_leave_one_position_and_both_are_kept() -> None:
    _, member, letter = a_call_by_mail()

    troubles = at_once(*(partial(answer, letter, body) for body in ("+1", "0", "+0")))

    assert troubles == []
    assert Position.objects.filter(person=member).count() == 3
    assert Position.objects.filter(person=member, is_current=True).count() == 1


def test_mails_clicks_posts_and_the_clock_at_once_wait_for_one_another() -> None:
    call, member, letter = a_call_by_mail()
    actions.attend_lists(at=NOON + 5 * MINUTE)
    told = Message.objects.get()
    for number in range(DAYS):
        at = LATER + number * timedelta(days=2)
        answer(letter, f"-0\n\nReason {number}.", proven=False, at=at)
        waiting = Proposal.objects.select_related("call__coalition", "person", "mail")
        made = waiting.get(state="proposed")
        reply(told, member, "+1", number=number)
        troubles = at_once(
            partial(actions.confirm_proposal, member, made, at=at, reason="Because.", change=""),
            partial(answer, letter, "0", at=at),
            partial(actions.attend_lists, at=at),
            partial(reply, told, member, "Well.", number=100 + number),
            partial(actions.take_position, member, call, at=at, stance=Stance.SUPPORT),
        )
        # A proposal that a mail replaced first is refused; nothing else may go wrong.
        assert [one for one in troubles if not isinstance(one, Refused)] == []
    assert Position.objects.filter(person=member, is_current=True).count() == 1
    assert Message.objects.count() == 1 + 2 * DAYS
    assert MailAnswer.objects.filter(message=None).count() == 2 * DAYS


def test_a_text_is_changed_while_it_is_answered() -> None:
    call, member, letter = a_call_by_mail()

    troubles = at_once(
        lambda: an_amended_text(call, at=LATER), lambda: answer(letter, "+1", at=LATER)
    )

    assert troubles == []
    said = list(Position.objects.filter(person=member).select_related("round"))
    proposed = Proposal.objects.filter(person=member)
    assert [one.round.number for one in said] == [1] or proposed.get().doubt == "old_text"
