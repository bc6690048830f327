"""Everything that the page of a call shows, read in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Prefetch, QuerySet

from intersession.decisions import rules
from intersession.decisions.models import (
    Call,
    Correction,
    Determination,
    Invitation,
    Objection,
    Position,
    Round,
    Turn,
)
from intersession.decisions.queries.dissent import (
    MinorityStatement,
    invitation_of,
    own_draft,
    statements,
)
from intersession.decisions.queries.standing import Standing, standing
from intersession.decisions.states import CallState, ObjectionState, TurnKind
from intersession.kit.charts import Piece
from intersession.kit.composed import Composed
from intersession.kit.paging import Part, from_key, to_key
from intersession.people.models import Person

ANSWERS = frozenset({TurnKind.ANSWERED, TurnKind.UNDERSTOOD, TurnKind.NOT_UNDERSTOOD})


ROUNDS = Composed(
    lambda call: (
        Round.objects.filter(call=call)
        .select_related("by", "announcement__mailing_list")
        .order_by("number")
    )
)
AGAINST = Composed(
    lambda call: (
        Objection.objects.filter(call=call)
        .select_related("call")
        .defer("remedy")
        .order_by("number")
    )
)
END = Composed(
    lambda call: (
        Determination.objects.filter(call=call)
        .select_related("by")
        .prefetch_related(Prefetch("corrections", Correction.objects.select_related("by")))[:1]
    )
)
OBJECTIONS = Composed(
    lambda call, first, last: (
        Objection.objects.filter(call=call, number__gte=first, number__lte=last)
        .select_related("person", "position", "round")
        .prefetch_related(Prefetch("turns", Turn.objects.select_related("by").order_by("pk")))
        .order_by("number")
    )
)
LATEST = Composed(lambda call: _listed().filter(call=call)[: rules.POSITIONS + 1])
BEFORE = Composed(
    lambda call, before: _listed().filter(call=call, pk__lt=before)[: rules.POSITIONS + 1]
)


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection beside its answers, and what this reader may do about it now."""

    objection: Objection
    turns: Sequence[Turn]
    places: tuple[rules.Passage, ...]
    is_mine: bool
    is_answered: bool
    can_answer: bool
    can_dispose: bool
    can_say: bool
    can_confirm: bool
    can_withdraw: bool


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round with the moment at which a change of substance stopped it, if one did."""

    round: Round
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of a call for one reader at one moment."""

    call: Call
    is_open: bool
    is_running: bool
    is_untouched: bool
    text: Round
    clock: Round
    rounds: Sequence[RoundRow]
    pieces: tuple[Piece, ...]
    changes: tuple[rules.Change, ...]
    against: Sequence[Objection]
    standing: Standing
    objections: Part[ObjectionRow]
    positions: Part[Position]
    statements: Sequence[MinorityStatement]
    own: Position | None
    invitation: Invitation | None
    has_draft: bool
    end: Determination | None
    can_appeal: bool
    can_dissent: bool


def sheet(
    call: Call,
    person: Person | None,
    *,
    at: datetime,
    leads: bool = False,
    before: str = "",
    part: int = 1,
) -> Sheet:
    """Read the page of a call; `before` is a part of the positions, `part` of the objections."""
    rounds = ROUNDS(call=call.pk)
    clock = next(one for one in reversed(rounds) if one.is_substantive)
    text, is_running = rounds[-1], call.state == CallState.OPEN
    end = _end(call)
    return Sheet(
        call=call,
        is_open=is_running and rules.is_open(at, call.closes_at),
        is_running=is_running,
        is_untouched=all(one.is_untouched() for one in rounds),
        text=text,
        clock=clock,
        rounds=_round_rows(rounds),
        pieces=rules.pieces(_periods(call, rounds), call.ended_at or at),
        changes=rules.changes(text.parts(), rounds[-2].parts() if len(rounds) > 1 else None),
        against=AGAINST(call=call.pk),
        standing=standing(call),
        objections=_objections(call, person, rounds, leads=leads, at=at, part=max(1, part)),
        positions=_positions(call, before),
        statements=statements(call),
        own=_own(call, person),
        invitation=invitation_of(person, call),
        has_draft=person is not None and own_draft(person, call) is not None,
        end=end,
        can_appeal=end is not None and at < end.appeal_until,
        can_dissent=is_running or (end is not None and at < end.statements_due_at),
    )


def _periods(call: Call, rounds: Sequence[Round]) -> list[tuple[datetime, datetime]]:
    """Return when each clock ran: to the next change of substance, or to its own end."""
    begun = [one for one in rounds if one.is_substantive]
    ends = [min(one.closes_at, after.opened_at) for one, after in pairwise(begun)]
    return [
        (one.opened_at, until) for one, until in zip(begun, [*ends, call.closes_at], strict=True)
    ]


def _round_rows(rounds: Sequence[Round]) -> list[RoundRow]:
    rows, following = [], None
    for one in reversed(rounds):
        stopped = following is not None and following.opened_at < one.closes_at
        rows.append(RoundRow(one, following.opened_at if following and stopped else None))
        following = one if one.is_substantive else following
    return rows[::-1]


def _end(call: Call) -> Determination | None:
    return next(iter(END(call=call.pk)), None)


def _own(call: Call, person: Person | None) -> Position | None:
    if person is None:
        return None
    mine = call.positions.filter(person=person, is_current=True)
    return mine.select_related("round", "objection").first()


def _listed() -> QuerySet[Position]:
    return Position.objects.select_related(
        "round", "person", "objection__call", "undoing"
    ).order_by("-pk")


def _positions(call: Call, before: str) -> Part[Position]:
    match from_key(before) if before else None:
        case (int(pk),) if pk < 2**63:
            rows = BEFORE(call=call.pk, before=pk)
        case _:
            before, rows = "", LATEST(call=call.pk)
    fits = rules.fitting([len(one.reason) for one in rows])
    older = to_key(rows[fits - 1].pk) if len(rows) > fits else ""
    return Part(rows[:fits], later="first" if before else "", earlier=older)


def _objections(
    call: Call,
    person: Person | None,
    rounds: Sequence[Round],
    *,
    leads: bool,
    at: datetime,
    part: int,
) -> Part[ObjectionRow]:
    first, last = rules.numbers_of(part)
    shown = OBJECTIONS(call=call.pk, first=first, last=last + 1)
    texts = {one.pk: one.parts() for one in rounds}
    is_running = call.state == CallState.OPEN
    is_open = is_running and rules.is_open(at, call.closes_at)
    rows = [
        _row(one, person, texts[one.round_id], leads=leads and is_running,
             is_running=is_running, is_open=is_open)
        for one in shown[: rules.OBJECTIONS]
    ]  # fmt: skip
    later = str(part + 1) if len(shown) > rules.OBJECTIONS else ""
    return Part(rows, later=later, earlier=str(part - 1) if part > 1 else "")


def _row(
    one: Objection,
    person: Person | None,
    parts: Sequence[rules.Passage],
    *,
    leads: bool,
    is_running: bool,
    is_open: bool,
) -> ObjectionRow:
    turns = list(one.turns.all())
    mine = person is not None and person.pk == one.person_id
    spoken = mine and is_running
    answers = [turn.kind for turn in turns if turn.kind in ANSWERS]
    state = ObjectionState(one.state)
    gone = state in (ObjectionState.WITHDRAWN, ObjectionState.NEGOTIATED)
    return ObjectionRow(
        objection=one,
        turns=turns,
        places=tuple(part for part in parts if part.key in one.passages),
        is_mine=mine,
        is_answered=bool(answers),
        can_answer=leads and not mine and state == ObjectionState.FILED,
        can_dispose=leads and not mine and state == ObjectionState.ANSWERED,
        can_say=spoken and not gone and answers[-1:] == [TurnKind.ANSWERED],
        can_confirm=mine and is_open and state == ObjectionState.SETTLED,
        can_withdraw=spoken and not gone,
    )
