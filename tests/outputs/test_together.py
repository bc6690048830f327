"""Two who act on one work at the same moment: each holds it as it was when their page was asked."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from intersession.decisions import actions as decisions
from intersession.decisions.testing import the_coordinator
from intersession.journal.models import Entry
from intersession.kit.answers import Refused
from intersession.outputs import actions
from intersession.outputs.models import Comment, CommentRound, Output
from intersession.outputs.testing import (
    DAY,
    a_call_on,
    a_comment,
    a_determined_text,
    a_draft,
    a_publication,
    an_open_round,
    the_blocks,
    the_editor,
)
from intersession.people.testing import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + 90 * DAY

type Act = Callable[[Output], object]


def twins(output: Output) -> tuple[Output, Output]:
    """Load a work twice, as two requests do."""
    return Output.objects.get(pk=output.pk), Output.objects.get(pk=output.pk)


def a_text_ready_for_a_call() -> Output:
    call = a_call_on()
    decisions.withdraw(call.caller, call, at=NOON + 16 * DAY, reason="Not yet.")
    return Output.objects.get()


def call(output: Output) -> object:
    return actions.propose_call(
        the_coordinator(output.coalition), output, at=LATER, question="May it be published?"
    )


def revise(output: Output) -> object:
    return actions.revise(the_editor(output), output, at=LATER)


def withdraw(output: Output) -> object:
    who = the_coordinator(output.coalition)
    return actions.withdraw(who, output, at=LATER, reason="It was wrong.")


def take_back(output: Output) -> object:
    return actions.return_to_draft(the_editor(output), output, at=LATER, reason="Once more.")


def open_round(output: Output) -> object:
    return actions.open_round(the_editor(output), output, at=LATER, closes_at=LATER + 60 * DAY)


@pytest.mark.parametrize(
    ("begin", "act"),
    [
        (a_text_ready_for_a_call, call),
        (lambda: a_publication().output, revise),
        (a_draft, withdraw),
        (a_determined_text, take_back),
        (a_draft, open_round),
    ],
)
def test_what_two_do_at_once_is_done_once(begin: Callable[[], Output], act: Act) -> None:
    first, second = twins(begin())
    act(first)
    entries = Entry.objects.count()

    with pytest.raises(Refused):
        act(second)

    assert Entry.objects.count() == entries


def test_a_suggestion_is_taken_over_once() -> None:
    period = an_open_round()
    said = a_comment(period, key=the_blocks(period.output)[1].key, wording="Other words.")
    first, second = Comment.objects.get(pk=said.pk), Comment.objects.get(pk=said.pk)
    actions.apply_suggestion(the_editor(period.output), first, at=NOON + DAY)

    with pytest.raises(Refused, match="answered already"):
        actions.apply_suggestion(the_editor(period.output), second, at=NOON + DAY)


def test_a_period_that_another_closed_is_not_moved() -> None:
    period = an_open_round()
    first, second = CommentRound.objects.get(), CommentRound.objects.get()
    editor, at = the_editor(period.output), NOON + DAY
    actions.move_close(editor, first, at=at, closes_at=at, reason="Enough.")

    with pytest.raises(Refused, match="closed on"):
        actions.move_close(
            editor, second, at=at + timedelta(minutes=1), closes_at=LATER, reason="More time."
        )
