"""A work and the call on its text, changed at the same moment: one waits for the other."""

from threading import Thread
from time import sleep

import pytest
from django.db import connections, transaction

from intersession.decisions.models import Call
from intersession.decisions.states import CallState
from intersession.decisions.testing import MINUTE, a_determination, a_voice
from intersession.kit.answers import Refused
from intersession.outputs import actions
from intersession.outputs.actions.trace import lock
from intersession.outputs.models import Comment, Output
from intersession.outputs.states import Answer, State
from intersession.outputs.testing import DAY, TEXT, a_comment, an_open_round, the_editor
from intersession.people.testing import NOON

pytestmark = [
    pytest.mark.postgres,  # SQLite has one writer at a time
    pytest.mark.django_db(transaction=True),
]


class Determining(Thread):
    """Somebody determines a call on another connection, and comes as far as the locks let them."""

    def __init__(self, call: Call) -> None:
        super().__init__()
        self.call = Call.objects.select_related("caller", "coalition").get(pk=call.pk)
        self.said = ""

    def run(self) -> None:
        try:
            a_determination(self.call)
        except Refused as refusal:
            self.said = str(refusal)
        finally:
            connections.close_all()


def begin_to_determine(call: Call) -> Determining:
    other = Determining(call)
    other.start()
    sleep(0.5)
    return other


def a_comment_left_open() -> tuple[Comment, Call]:
    said = a_comment(an_open_round())
    output = Output.objects.get()
    call = actions.propose_call(
        the_editor(output), output, at=NOON + 15 * DAY, question="May it be published?",
        open_comments_reason="It repeats another.",
    )  # fmt: skip
    a_voice(call, at=call.opened_at + MINUTE)
    return said, call


def test_a_comment_is_answered_while_the_call_on_its_text_is_determined() -> None:
    said, call = a_comment_left_open()

    with transaction.atomic():
        lock(said.output)
        other = begin_to_determine(call)
        editor = the_editor(said.output)
        actions.answer_comment(editor, said, at=call.closes_at, answer=Answer.ACCEPTED)
    other.join()

    said.refresh_from_db()
    call.refresh_from_db()
    assert other.said == ""
    assert (said.output.state, call.state) == (State.AGREED, CallState.DETERMINED)
    assert said.answer == Answer.ACCEPTED


def test_a_text_amended_first_is_not_determined_as_it_was() -> None:
    said, call = a_comment_left_open()
    output = said.output

    with transaction.atomic():
        lock(output)
        other = begin_to_determine(call)
        actions.amend(
            the_editor(output), output, at=call.closes_at + MINUTE, base=1,
            text=TEXT + "\nAnd a last one.", is_substantive=True, reason="It was missing.",
        )  # fmt: skip
    other.join()

    output.refresh_from_db()
    call.refresh_from_db()
    assert "The call is open until" in other.said
    assert (output.state, call.state) == (State.CALL, CallState.OPEN)
