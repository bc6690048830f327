"""Calls for tests, brought to their state by the verbs that people use."""

from datetime import datetime, timedelta
from typing import Any

from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import in_office
from intersession.coalitions.states import Office
from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.decisions import actions
from intersession.decisions.models import Call, Determination, Objection, Round
from intersession.decisions.rules import Passage
from intersession.decisions.states import Disposition, Level, Stance
from intersession.membership.testing import a_member
from intersession.people.models import Person
from intersession.people.testing import NOON

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def some_passages(*texts: str) -> list[Passage]:
    """Number some texts as the passages of a frozen text."""
    return [
        Passage(str(n), f"k{n}", "paragraph", f"<p>{text}</p>", text)
        for n, text in enumerate(texts or ("First things first.", "Then the rest."), 1)
    ]


def the_coordinator(coalition: Coalition, *, at: datetime = NOON) -> Person:
    """Return who coordinates the coalition, seating somebody where nobody does."""
    seats = in_office(coalition, at=at).filter(office=Office.COORDINATOR).select_related("person")
    seat = seats.first()
    if seat is None:
        return a_coordinator(coalition, at=at)
    return Person.objects.get(pk=seat.person_id)


def an_open_call(coalition: Coalition | None = None, *, at: datetime = NOON, **given: Any) -> Call:
    """Open a call on a text of two passages; its caller coordinates the coalition."""
    coalition = coalition or a_coalition()
    values: dict[str, Any] = {
        "title": "Rules for rules",
        "question": "May the rules read as below?",
        "text": "First things first.\n\nThen the rest.",
        "passages": some_passages(),
        "reference": f"{coalition.handle}-2026-01 v1",
        "address": "/outputs/rules/",
    }
    caller = the_coordinator(coalition, at=at)
    return actions.open_call(caller, coalition, at=at, **{**values, **given})


def a_voice(
    call: Call, stance: Stance = Stance.SUPPORT, *, at: datetime = NOON + HOUR, **fields: Any
) -> Person:
    """Let a new member take a position."""
    person = a_member(call.coalition, **fields)
    is_concern = stance in (Stance.CONCERN, Stance.OBJECT)
    actions.take_position(
        person, call, at=at, stance=stance,
        reason="It is not ready." if is_concern else "",
        remedy="Make it ready." if stance == Stance.OBJECT else "",
    )  # fmt: skip
    return person


def an_objection(call: Call, *, at: datetime = NOON + HOUR) -> Objection:
    """Let a new member object."""
    person = a_voice(call, Stance.OBJECT, at=at)
    return Objection.objects.select_related("call", "call__coalition", "person").get(
        call=call, person=person
    )


def an_answered_objection(call: Call, *, at: datetime = NOON + HOUR) -> Objection:
    """Let a new member object and the caller answer."""
    objection = an_objection(call, at=at)
    actions.answer_objection(call.caller, objection, at=at + MINUTE, words="We see it otherwise.")
    return objection


def a_disposed_objection(
    call: Call, disposition: Disposition = Disposition.REJECTED, *, at: datetime = NOON + HOUR
) -> Objection:
    """Let a new member object, and the caller answer and dispose of it."""
    objection = an_answered_objection(call, at=at)
    actions.dispose(
        call.caller, objection, at=at + 2 * MINUTE, disposition=disposition, reason="For a reason."
    )
    return objection


def an_amended_text(call: Call, *, at: datetime, is_substantive: bool = True) -> Round:
    """Let the caller change the text."""
    words = f"Changed on {at:%F %T}."
    return actions.amend(
        call.caller, call, at=at, text=words, passages=some_passages(words),
        reference=call.reference.replace("v1", "v2"), is_substantive=is_substantive,
        reason="An objection was right.",
    )  # fmt: skip


def a_determination(
    call: Call, level: Level = Level.CONSENSUS, *, at: datetime | None = None
) -> Determination:
    """Let the caller determine the call a minute after it closed."""
    return actions.determine(
        call.caller, call, at=at or call.closes_at + MINUTE, level=level,
        summary="The rules are agreed.", reopens="A court that says otherwise.",
    )  # fmt: skip
