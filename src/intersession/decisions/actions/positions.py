"""Taking a position."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.decisions import letters, permissions, queries, rules
from intersession.decisions.actions.noting import a_salt, check_not_ended, lock, note, spoken_for
from intersession.decisions.models import Call, Objection, Position, Round, Turn
from intersession.decisions.queries.frozen import (
    Item,
    item_of_objection,
    item_of_position,
    item_of_turn,
)
from intersession.decisions.states import OBJECTION, Capacity, ObjectionState, Stance, TurnKind
from intersession.kit import words
from intersession.kit.answers import Refused, ensure
from intersession.lists.models import MailAnswer
from intersession.membership.queries import is_member
from intersession.people.models import Person


@transaction.atomic
def take_position(
    actor: Person,
    call: Call,
    *,
    at: datetime,
    stance: Stance,
    reason: str = "",
    remedy: str = "",
    passages: Sequence[str] = (),
    capacity: Capacity = Capacity.PERSONAL,
    organization: str = "",
    on_round: int | None = None,
    mail: MailAnswer | None = None,
) -> Position:
    """
    Say where one stands. The latest position is the current one; every earlier one is kept.

    A concern and an objection need a reason; an objection also `remedy`, what would remove it,
    and may point at passages by their keys. Another position takes back an earlier objection.
    `on_round` is the text that was read, `mail` the mail that said so, kept as evidence. Raises
    Denied unless the person belongs to the coalition; Refused after the closing moment, on a text
    that has changed since, or without its reason.
    """
    ensure(permissions.may_take_position(actor, call, at=at))
    lock(call)
    text = queries.current_round(call)
    check_open(call, at=at)
    _check_read(text, on_round)
    rules.check_position(stance, reason, remedy)
    _check_places(text, passages)
    said = record_position(
        actor, call, text, at=at, stance=stance, reason=reason, capacity=capacity,
        organization=organization, mail=mail,
    )  # fmt: skip
    items: list[Item] = [item_of_position(said)]
    filed = None
    taken_back = withdraw_all(actor, call, text, at=at)
    if stance == Stance.OBJECT:
        filed = _file(said, remedy, passages, at=at)
        items.append(item_of_objection(filed))
    note(
        actor, "take_position", call, thing=said, at=at,
        items=(*items, *(item_of_turn(turn, turn.objection) for turn in taken_back)),
        facts={"round": text.number, "stance": said.stance, "objection": filed and filed.number,
               "taken_back": [turn.objection.number for turn in taken_back],
               "by_mail": mail is not None},
    )  # fmt: skip
    if filed is not None:
        letters.tell_filed(filed, at=at)
    return said


def check_open(call: Call, *, at: datetime) -> None:
    """Raise Refused where no position can be taken any more, with the moment named."""
    check_not_ended(call)
    if not rules.is_open(at, call.closes_at):
        raise Refused(
            _("This call closed on %(moment)s. Your words were not recorded; you can copy them.")
            % {"moment": words.moment(call.closes_at)}
        )


def _check_read(text: Round, on_round: int | None) -> None:
    if on_round is not None and on_round != text.number:
        raise Refused(
            _("The text changed while you were writing. Read it once more, then send again.")
        )


def _check_places(text: Round, passages: Sequence[str]) -> None:
    known = {part.key for part in text.parts()}
    if not known.issuperset(passages):
        raise Refused(_("An objection can point only at paragraphs of the text under call."))


def record_position(
    actor: Person,
    call: Call,
    text: Round,
    *,
    at: datetime,
    stance: Stance,
    reason: str,
    capacity: Capacity = Capacity.PERSONAL,
    organization: str = "",
    mail: MailAnswer | None = None,
) -> Position:
    """Put a person's new position in the place of the former, which is kept."""
    named = spoken_for(capacity, organization)
    Position.objects.filter(call=call, person=actor, is_current=True).update(is_current=False)
    return Position.objects.create(
        call=call, round=text, person=actor, stance=stance, reason=reason.strip(),
        capacity=capacity, organization=named, at=at, salt=a_salt(), mail=mail,
        is_observer=not is_member(actor, call.coalition, at=at),
        group=actor.group if actor.shows("group") else "",
        region=actor.region if actor.shows("region") else "",
    )  # fmt: skip


def withdraw_all(actor: Person, call: Call, text: Round, *, at: datetime) -> list[Turn]:
    """Take back every objection of the person's that still stands: their own act, at any time."""
    starts, _end = OBJECTION.steps["withdraw"]
    standing = Objection.objects.filter(call=call, person=actor, state__in=starts)
    return [
        take_back(objection, text, at=at)
        for objection in standing.select_related("round", "person")
    ]


def take_back(objection: Objection, text: Round, *, at: datetime) -> Turn:
    """Let an objection go: negotiated where the text changed since it was filed."""
    changed = objection.round.number < text.number
    objection.follow(rules.withdrawal(changed_since=changed))
    objection.save(update_fields=["state"])
    kind = TurnKind.NEGOTIATED if changed else TurnKind.WITHDRAWN
    return Turn.objects.create(
        objection=objection, kind=kind, by=objection.person, at=at, salt=a_salt()
    )


def _file(said: Position, remedy: str, passages: Sequence[str], *, at: datetime) -> Objection:
    return Objection.objects.create(
        call=said.call, round=said.round, position=said, person=said.person,
        number=Objection.objects.filter(call=said.call).count() + 1,
        passages=list(passages), remedy=remedy.strip(), state=ObjectionState.FILED,
        filed_at=at, salt=a_salt(),
    )  # fmt: skip
