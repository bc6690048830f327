"""One click: a proposed position confirmed, a position taken by mail undone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.decisions import permissions, queries
from intersession.decisions.actions.noting import a_salt, lock, note
from intersession.decisions.actions.positions import check_open, take_back, take_position
from intersession.decisions.models import Objection, Position, Proposal, Turn, Undoing
from intersession.decisions.queries import mailed
from intersession.decisions.queries.frozen import item_of_turn, item_of_undoing
from intersession.decisions.states import OBJECTION, Stance, TurnKind
from intersession.kit.answers import Refused, ensure
from intersession.people.models import Person


@transaction.atomic
def confirm_proposal(
    actor: Person,
    proposal: Proposal,
    *,
    at: datetime,
    reason: str,
    change: str,
    on_round: int | None = None,
) -> Position:
    """
    Make a position of what a mail proposed, with its reason and change as they were completed.

    Raises Denied for anybody else; Refused where it was confirmed or replaced, and where no such
    position can be taken (`take_position`).
    """
    ensure(permissions.may_confirm_proposal(actor, proposal))
    lock(proposal.call)
    proposal.refresh_from_db(fields=["state"])
    proposal.follow("confirm")
    said = take_position(
        actor, proposal.call, at=at, stance=Stance(proposal.stance), reason=reason, remedy=change,
        on_round=on_round, mail=proposal.mail,
    )  # fmt: skip
    proposal.position = said
    proposal.save(update_fields=["state", "position"])
    return said


@transaction.atomic
def undo_position(actor: Person, said: Position, *, at: datetime) -> None:
    """
    Undo a position taken by mail: the one before it is the current one again, and both are kept.

    An objection that it filed is withdrawn, one that it took back stands again and waits for an
    answer. Raises Denied for anybody else; Refused after the closing moment, and where a later
    position stands in its place.
    """
    ensure(permissions.may_undo(actor, said))
    call = said.call
    lock(call)
    check_open(call, at=at)
    current = Position.objects.filter(pk=said.pk, is_current=True, mail__isnull=False)
    if not current.update(is_current=False):
        raise Refused(_("This position is not the current one any more: nothing was changed."))
    undoing = Undoing.objects.create(position=said, at=at, salt=a_salt())
    if before := mailed.position_before(said):
        Position.objects.filter(pk=before.pk).update(is_current=True)
    turns = [*_withdrawn_with(said, at=at), *_restored_with(said, at=at)]
    note(
        actor, "undo_position", call, thing=said, at=at,
        items=(item_of_undoing(undoing), *(item_of_turn(turn, turn.objection) for turn in turns)),
        facts={"stance": said.stance, "round": said.round.number},
    )  # fmt: skip


def _withdrawn_with(said: Position, *, at: datetime) -> list[Turn]:
    """Withdraw the objection that a position filed, where it still stands."""
    starts, _end = OBJECTION.steps["withdraw"]
    filed = Objection.objects.filter(position=said, state__in=starts)
    text = queries.current_round(said.call)
    return [take_back(one, text, at=at) for one in filed.select_related("round", "person")]


def _restored_with(said: Position, *, at: datetime) -> list[Turn]:
    """Let the objections stand again that a position took back."""
    starts, _end = OBJECTION.steps["restore"]
    kinds = (TurnKind.WITHDRAWN, TurnKind.NEGOTIATED)
    taken = Turn.objects.filter(kind__in=kinds, by=said.person_id, at=said.at)
    found = taken.filter(objection__call=said.call, objection__state__in=starts)
    restored = []
    for turn in found.select_related("objection").exclude(objection__position=said):
        turn.objection.follow("restore")
        turn.objection.save(update_fields=["state"])
        restored.append(
            Turn.objects.create(
                objection=turn.objection, kind=TurnKind.RESTORED, by=said.person, at=at,
                salt=a_salt(),
            )
        )  # fmt: skip
    return restored
