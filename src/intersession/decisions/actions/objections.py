"""The life of an objection: answered, understood or not, disposed of, withdrawn, still standing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.decisions import letters, permissions, queries, rules
from intersession.decisions.actions.noting import a_salt, lock_objection, note, required
from intersession.decisions.actions.positions import record_position, take_back
from intersession.decisions.models import Objection, Turn
from intersession.decisions.queries.frozen import Item, item_of_position, item_of_turn
from intersession.decisions.states import (
    Capacity,
    Disposition,
    ObjectionState,
    Stance,
    TurnKind,
)
from intersession.kit import words as say
from intersession.kit.answers import Refused, ensure
from intersession.people.models import Person


def _turn(actor: Person, objection: Objection, kind: TurnKind, words: str, *, at: datetime) -> Turn:
    return Turn.objects.create(
        objection=objection, kind=kind, words=words, by=actor, at=at, salt=a_salt()
    )


def _note(
    actor: Person,
    verb: str,
    objection: Objection,
    turn: Turn,
    *,
    at: datetime,
    more: Item | None = None,
) -> None:
    items = (item_of_turn(turn, objection),)
    note(
        actor, verb, objection.call, thing=objection, at=at,
        items=items if more is None else (*items, more),
        facts={"objection": objection.number, "turn": turn.kind, "state": objection.state},
        url=objection.get_absolute_url(),
    )  # fmt: skip


@transaction.atomic
def answer_objection(actor: Person, objection: Objection, *, at: datetime, words: str) -> Turn:
    """
    Answer an objection, or answer again where the objector was not understood.

    Raises Denied unless who leads the call asks, and on one's own; Refused once disposed of.
    """
    ensure(permissions.may_dispose(actor, objection, at=at))
    lock_objection(objection)
    words = required(words, _("Write the answer."))
    objection.follow("answer")
    objection.save(update_fields=["state"])
    turn = _turn(actor, objection, TurnKind.ANSWERED, words, at=at)
    _note(actor, "answer_objection", objection, turn, at=at)
    letters.tell_answered(objection, turn, at=at)
    return turn


@transaction.atomic
def say_understood(
    actor: Person, objection: Objection, *, at: datetime, understood: bool, words: str = ""
) -> Turn:
    """Say, as the objector, whether the answer had understood. Raises Refused without an answer."""
    ensure(permissions.may_speak_for(actor, objection))
    lock_objection(objection)
    if not objection.turns.filter(kind=TurnKind.ANSWERED).exists():
        raise Refused(_("There is no answer yet."))
    kind = TurnKind.UNDERSTOOD if understood else TurnKind.NOT_UNDERSTOOD
    turn = _turn(actor, objection, kind, words.strip(), at=at)
    _note(actor, "say_understood", objection, turn, at=at)
    return turn


@transaction.atomic
def dispose(
    actor: Person, objection: Objection, *, at: datetime, disposition: Disposition, reason: str
) -> Turn:
    """
    Dispose of an answered objection, with the reason.

    Raises Denied unless who leads the call asks, and on one's own; Refused before it was answered.
    """
    ensure(permissions.may_dispose(actor, objection, at=at))
    lock_objection(objection)
    reason = required(reason, _("Each disposition needs its reason."))
    if objection.state == ObjectionState.FILED:
        raise Refused(_("Answer the objection first, then dispose of it."))
    objection.follow(disposition.value)
    objection.save(update_fields=["state"])
    turn = _turn(actor, objection, TurnKind(disposition.value), reason, at=at)
    _note(actor, "dispose", objection, turn, at=at)
    letters.tell_disposed(objection, turn, at=at)
    return turn


@transaction.atomic
def withdraw_objection(
    actor: Person,
    objection: Objection,
    *,
    at: datetime,
    stance: Stance = Stance.LIVE_WITH,
    reason: str = "",
) -> Turn:
    """
    Withdraw one's own objection, at any time before the determination, and say where one stands.

    Where the text changed since, it is negotiated. Raises Denied for anybody else; Refused where
    it is withdrawn already, or for a stance that is an objection or a concern without its reason.
    """
    ensure(permissions.may_speak_for(actor, objection))
    lock_objection(objection)
    if stance == Stance.OBJECT:
        raise Refused(_("Say where you stand now that the objection is withdrawn."))
    rules.check_position(stance, reason, "")
    text = queries.current_round(objection.call)
    turn = take_back(objection, text, at=at)
    said = record_position(
        actor, objection.call, text, at=at, stance=stance, reason=reason,
        capacity=Capacity(objection.position.capacity),
        organization=objection.position.organization,
    )  # fmt: skip
    _note(actor, "withdraw_objection", objection, turn, at=at, more=item_of_position(said))
    return turn


@transaction.atomic
def confirm_stands(actor: Person, objection: Objection, *, at: datetime, words: str = "") -> Turn:
    """
    Say that one's upheld objection still stands on the changed text.

    It is open again and counts as a position on this text. Raises Denied for anybody else,
    Refused after the closing moment or where nothing was settled.
    """
    ensure(permissions.may_speak_for(actor, objection))
    lock_objection(objection)
    call = objection.call
    if not rules.is_open(at, call.closes_at):
        raise Refused(_("This call closed on %(moment)s.") % {"moment": say.moment(call.closes_at)})
    objection.follow("stand")
    objection.save(update_fields=["state"])
    former = objection.position
    said = record_position(
        actor, call, queries.current_round(call), at=at, stance=Stance.OBJECT,
        reason=words.strip() or former.reason, capacity=Capacity(former.capacity),
        organization=former.organization,
    )  # fmt: skip
    turn = _turn(actor, objection, TurnKind.STANDS, words.strip(), at=at)
    _note(actor, "confirm_stands", objection, turn, at=at, more=item_of_position(said))
    letters.tell_filed(objection, at=at)
    return turn
