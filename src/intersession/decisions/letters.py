"""The letters of a call."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from intersession.decisions.models import (
    Call,
    Determination,
    Invitation,
    Objection,
    Signature,
    Turn,
)
from intersession.kit import words
from intersession.membership.queries import roll_at
from intersession.outbox.actions import write
from intersession.people.models import Person


def _send(name: str, person: Person, call: Call, *, at: datetime, why: str, **more: object) -> None:
    """Write one letter about a call in the language of its reader."""
    with override(person.language):
        context = {
            "call": call,
            "coalition": call.coalition,
            "person": person,
            "closes": words.moment(call.closes_at),
            "zoned": words.deadline(call.closes_at, person.zone),
            **more,
        }
        reason = _(why) % {"coalition": call.coalition, "title": call.title}
    write(
        f"decisions.{name}",
        person.email,
        context,
        at=at,
        reason=reason,
        person=person,
        language=person.language,
    )


MEMBER = gettext_noop("You get this because you belong to %(coalition)s.")
OBJECTOR = gettext_noop("You get this because you objected in the call “%(title)s”.")
LEADER = gettext_noop("You get this because you lead the call “%(title)s”.")
SPEAKER = gettext_noop("You get this because you took a position in the call “%(title)s”.")


def _belonging(call: Call, *, at: datetime, but: Person) -> list[Person]:
    roll = roll_at(call.coalition, at=at).exclude(person=but).select_related("person")
    return [membership.person for membership in roll.order_by("pk")]


def tell_opened(call: Call, *, at: datetime) -> None:
    """Ask everyone who belongs where they stand, with the rule in words."""
    for person in _belonging(call, at=at, but=call.caller):
        _send("call_opened", person, call, at=at, why=MEMBER)


def tell_round(call: Call, *, by: Person, reason: str, at: datetime) -> None:
    """Tell everyone who belongs that the text changed in substance and the clock restarted."""
    for person in _belonging(call, at=at, but=by):
        _send("round_opened", person, call, at=at, why=MEMBER, change=reason)


def tell_filed(objection: Objection, *, at: datetime) -> None:
    """Tell the caller of an objection, which now waits for an answer."""
    call = objection.call
    if objection.person_id != call.caller_id:
        _send(
            "objection_filed", call.caller, call, at=at, why=LEADER, objection=objection,
            why_not=objection.position.reason,
        )  # fmt: skip


def tell_answered(objection: Objection, turn: Turn, *, at: datetime) -> None:
    """Show the objector the answer, and ask whether they were understood."""
    _send(
        "objection_answered", objection.person, objection.call, at=at, why=OBJECTOR,
        objection=objection, turn=turn,
    )  # fmt: skip


def tell_disposed(objection: Objection, turn: Turn, *, at: datetime) -> None:
    """Tell the objector what was decided, and why."""
    _send(
        "objection_disposed", objection.person, objection.call, at=at, why=OBJECTOR,
        objection=objection, turn=turn,
    )  # fmt: skip


def ask_whether_it_stands(objection: Objection, *, at: datetime) -> None:
    """Ask the author of an upheld objection whether it stands on the changed text."""
    _send(
        "objection_settled", objection.person, objection.call, at=at, why=OBJECTOR,
        objection=objection,
    )  # fmt: skip


def tell_determined(determination: Determination, speakers: list[Person], *, at: datetime) -> None:
    """Tell everyone who took part how the call ended, with the root of the frozen record."""
    for person in speakers:
        _send(
            "determined", person, determination.call, at=at, why=SPEAKER,
            determination=determination,
        )  # fmt: skip


def invite(invitation: Invitation, *, at: datetime) -> None:
    """Invite somebody whose objection was not accommodated to write a minority statement."""
    _send(
        "invitation", invitation.person, invitation.call, at=at, why=OBJECTOR,
        invitation=invitation, due=words.deadline(invitation.due_at, invitation.person.zone),
    )  # fmt: skip


def ask_to_sign(signature: Signature, *, by: Person, at: datetime) -> None:
    """Ask somebody to sign a minority statement; it counts when they confirm."""
    _send(
        "signature_asked", signature.person, signature.statement.call, at=at, why=SPEAKER,
        statement=signature.statement, by=by,
    )  # fmt: skip
