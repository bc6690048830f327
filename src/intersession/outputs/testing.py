"""Outputs for tests, brought to their state by the verbs that people use."""

from datetime import datetime, timedelta
from typing import Any

from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import procedure_of
from intersession.coalitions.testing import a_coalition
from intersession.decisions.models import Call, Determination
from intersession.decisions.states import Level
from intersession.decisions.testing import a_determination, a_voice, the_coordinator
from intersession.membership.testing import a_member
from intersession.outputs import actions, queries
from intersession.outputs.models import Block, Comment, CommentRound, Output, Publication
from intersession.outputs.states import Answer, Kind
from intersession.people.models import Person
from intersession.people.testing import NOON

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
TEXT = """# Principles

Internet traffic is to be treated equally, whoever sends it and whatever it carries.

A provider may interfere only where this is strictly necessary and proportionate.

- obey a law or the order of a court
- keep the network safe and working
"""


def a_draft(coalition: Coalition | None = None, *, at: datetime = NOON, **given: Any) -> Output:
    """Let the coordinator start a draft with a text of five blocks, after one comment period."""
    coalition = coalition or a_coalition(comment_rounds=1)
    values: dict[str, Any] = {"title": "Traffic for all", "kind": Kind.PRINCIPLES, "text": TEXT}
    editor = the_coordinator(coalition, at=at)
    return actions.start_draft(editor, coalition, at=at, **{**values, **given})


def the_editor(output: Output) -> Person:
    """Return who started the work."""
    return Person.objects.get(pk=output.started_by_id)


def the_blocks(output: Output) -> list[Block]:
    """Return the blocks of the text as it stands."""
    return list(queries.latest_version(output).blocks.order_by("position"))


def an_open_round(
    output: Output | None = None, *, at: datetime = NOON, **given: Any
) -> CommentRound:
    """Let the editor open the text to comments, for as long as the procedure gives."""
    output = output or a_draft(at=at)
    values: dict[str, Any] = {"closes_at": at + 14 * DAY}
    return actions.open_round(the_editor(output), output, at=at, **{**values, **given})


def a_comment(period: CommentRound, *, at: datetime = NOON + HOUR, **given: Any) -> Comment:
    """Let a new member comment, on the second block unless told otherwise."""
    by = given.pop("by", None) or a_member(period.output.coalition)
    values: dict[str, Any] = {
        "text": "Say who measures it.",
        "key": the_blocks(period.output)[1].key,
    }
    return actions.comment(by, period, at=at, **{**values, **given})


def an_answered_comment(
    period: CommentRound, answer: Answer = Answer.ACCEPTED, *, at: datetime = NOON + 2 * HOUR
) -> Comment:
    """Let a new member comment, and the editor answer."""
    said = a_comment(period, at=at - HOUR)
    actions.answer_comment(
        the_editor(period.output), said, at=at, answer=answer, reply="For a reason."
    )
    return said


def a_call_on(output: Output | None = None, *, at: datetime = NOON + 15 * DAY) -> Call:
    """Let the coordinator call for consensus, after the comment periods that are needed."""
    output = output or a_draft()
    needed = procedure_of(output.coalition).comment_rounds
    for left in range(needed - output.rounds.count(), 0, -1):
        an_open_round(output, at=at - 14 * DAY * left)
    output.refresh_from_db()
    caller = the_coordinator(output.coalition)
    return actions.propose_call(caller, output, at=at, question="May it be published?")


def a_determined_text(
    output: Output | None = None, level: Level = Level.CONSENSUS, *, call: Call | None = None
) -> Output:
    """Let the text be called, and the call be determined a minute after its close."""
    output = output or a_draft()
    call = call or a_call_on(output)
    if not call.positions.exists():
        a_voice(call, at=call.opened_at + HOUR)
    a_determination(call, level)
    output.refresh_from_db()
    return output


def a_publication(
    output: Output | None = None, level: Level = Level.CONSENSUS, *, call: Call | None = None
) -> Publication:
    """Let the coordinator declare dissent considered and publish, after all invitations."""
    output = output or a_draft()
    output.refresh_from_db()
    if call is None:
        describe(output)
    output = a_determined_text(output, level, call=call)
    version = queries.latest_version(output)
    end = Determination.objects.get(call=version.call)
    later = end.statements_due_at + HOUR
    coordinator = the_coordinator(output.coalition)
    actions.declare_dissent_considered(
        coordinator, output, at=later,
        none_received=not queries.statements_received(version),
    )  # fmt: skip
    return actions.publish(coordinator, output, at=later + HOUR)


def describe(output: Output, *, at: datetime = NOON) -> None:
    """Let the editor write an abstract."""
    actions.describe(
        the_editor(output), output, at=at, title=output.title, kind=Kind(output.kind),
        abstract="Traffic is treated equally, with narrow exceptions.",
    )  # fmt: skip
