"""The letters of a call."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from intersession.decisions.models import (
    Call,
    Determination,
    Invitation,
    Objection,
    Position,
    Proposal,
    Round,
    Signature,
    Turn,
)
from intersession.decisions.queries import current_round, mailed
from intersession.decisions.rules.mailed import MARKS
from intersession.decisions.states import Doubt
from intersession.kit import words
from intersession.lists.models import MailAnswer
from intersession.lists.queries.answers import list_for_answers
from intersession.membership.queries import roll_at
from intersession.outbox.actions import write
from intersession.people.models import Person


def _send(
    name: str, person: Person, call: Call, *, at: datetime, why: str, key: str = "",
    reply_to: str = "", **more: object,
) -> None:  # fmt: skip
    """Write one letter about a call in the language of its reader; once under one key."""
    with override(person.language):
        context = {
            "call": call,
            "coalition": call.coalition,
            "person": person,
            "closes": words.moment(call.closes_at),
            "zoned": words.deadline(call.closes_at, person.zone),
            "reply": reply_to,
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
        key=key,
        reply_to=reply_to,
    )


WAYS = [(f"{mark:2}", stance) for mark, stance in MARKS.items()]
"""What stands on the first line of an answer, and for which position."""
MEMBER = gettext_noop("You get this because you belong to %(coalition)s.")
OBJECTOR = gettext_noop("You get this because you objected in the call “%(title)s”.")
LEADER = gettext_noop("You get this because you lead the call “%(title)s”.")
ANSWERER = gettext_noop("You get this because a mail answered a letter to you about “%(title)s”.")
SPEAKER = gettext_noop("You get this because you took a position in the call “%(title)s”.")


def _belonging(call: Call, *, at: datetime, but: Person) -> list[Person]:
    roll = roll_at(call.coalition, at=at).exclude(person=but).select_related("person")
    return [membership.person for membership in roll.order_by("pk")]


def tell_opened(call: Call, *, at: datetime) -> None:
    """Ask everyone who belongs where they stand, with the rule in words."""
    _announce("call_opened", call, but=call.caller, at=at)


def tell_round(call: Call, *, by: Person, reason: str, at: datetime) -> None:
    """Tell everyone who belongs that the text changed in substance and the clock restarted."""
    _announce("round_opened", call, but=by, at=at, change=reason)


def _announce(name: str, call: Call, *, but: Person, at: datetime, change: str = "") -> None:
    """Write to everyone who belongs; whoever answers by mail takes a position on this text."""
    text, beside = current_round(call), list_for_answers(call.coalition)
    for person in _belonging(call, at=at, but=but):
        reply = mailed.round_address(beside, text, person)
        _send(
            name, person, call, at=at, why=MEMBER, reply_to=reply, ways=WAYS, change=change
        )  # fmt: skip


def announcement_of(call: Call) -> tuple[str, str]:
    """Write what the list is told as a text is put under call: subject and text, in English."""
    with override("en"):
        told = {
            "call": call, "coalition": call.coalition, "ways": WAYS,
            "closes": words.moment(call.closes_at), "site_url": settings.SITE_URL,
        }  # fmt: skip
        folder = "decisions/letters/call_announced"
        subject = render_to_string(f"{folder}/subject.txt", told)
        return " ".join(subject.split()), render_to_string(f"{folder}/body.txt", told).strip()


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


def tell_recorded(said: Position, *, at: datetime) -> None:
    """Send the receipt of a position taken by mail, with the link that undoes it."""
    _send(
        "position_recorded", said.person, said.call, at=at, why=ANSWERER,
        key=f"decisions.recorded:{said.mail_id}", said=said, token=mailed.receipt_token(said),
    )  # fmt: skip


def ask_to_confirm(proposal: Proposal, *, at: datetime) -> None:
    """Ask somebody to confirm what a mail proposed, and for what it lacks."""
    asks = proposal.doubt in (Doubt.NO_REASON, Doubt.NO_CHANGE)
    _send(
        "position_proposed", proposal.person, proposal.call, at=at, why=ANSWERER,
        key=f"decisions.proposed:{proposal.mail_id}", proposal=proposal,
        token=mailed.proposal_token(proposal),
        reply_to=mailed.proposal_address(proposal) if asks else "",
    )  # fmt: skip


def tell_unclear(text: Round, mail: MailAnswer, *, at: datetime) -> None:
    """Say that the first line of an answer takes no position, and how one is taken."""
    _send(
        "answer_unclear", mail.person, text.call, at=at, why=ANSWERER,
        key=f"decisions.unclear:{text.pk}:{mail.person_id}:{at:%Y%m%d}", ways=WAYS,
        reply_to=mailed.round_address(mail.mailing_list, text, mail.person),
    )  # fmt: skip


def tell_late(call: Call, mail: MailAnswer, *, at: datetime) -> None:
    """Say, once, that a call is over, with its moment."""
    with override(mail.person.language):
        moment = words.moment(call.ended_at) if call.ended_at else ""
    _send(
        "answer_late", mail.person, call, at=at, why=ANSWERER, ended=moment,
        key=f"decisions.late:{call.pk}:{mail.person_id}",
    )  # fmt: skip


def tell_not_entitled(call: Call, mail: MailAnswer, reason: str, *, at: datetime) -> None:
    """Say, once, why this person takes no position in the call."""
    _send(
        "answer_not_entitled", mail.person, call, at=at, why=ANSWERER, why_not=reason,
        key=f"decisions.not_entitled:{call.pk}:{mail.person_id}",
    )  # fmt: skip
