"""Who stood where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intersession.decisions import rules
from intersession.decisions.models import Call, Objection, Position
from intersession.decisions.queries.calls import clock_round
from intersession.decisions.states import NOT_ACCOMMODATED, Level
from intersession.kit.answers import Answer
from intersession.kit.composed import Composed
from intersession.membership.queries import roll_at
from intersession.membership.states import Kind


@dataclass(frozen=True, slots=True)
class Standing:
    """
    The room of a call: positions on the text as it is, by stakeholder group and region.

    `asked` are the members at opening, `silent` those of them who said nothing on this text;
    `silence_counts` what the rule said of silence; `earlier` who spoke only on an earlier text.
    """

    room: rules.Room
    asked: int
    silent: int
    silence_counts: bool
    earlier: int
    unaccommodated: int
    is_sample: bool

    @property
    def voices(self) -> int:
        """Return N: how many members took a position on this text."""
        return self.room.voices


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One position with its words, as it is listed and exported."""

    name: str
    group: Any
    region: Any
    capacity: Any
    organization: str
    is_observer: bool
    stance: str
    label: Any
    mark: str
    reason: str
    round: int
    at: datetime
    is_current: bool


def _voices(positions: Iterable[Position]) -> list[rules.Voice]:
    return [rules.Voice(p.group, p.region, p.stance, p.is_observer) for p in positions]


def _unaccommodated(call: Call) -> int:
    return Objection.objects.filter(call=call, state__in=NOT_ACCOMMODATED).count()


def tally(call: Call) -> rules.Tally:
    """Count what members said on the text as it is, for the rule and the levels."""
    positions = call.positions.filter(is_current=True, round__number__gte=clock_round(call).number)
    return rules.tally_of(_voices(positions), unaccommodated=_unaccommodated(call))


CURRENT = Composed(
    lambda call: (
        Position.objects.filter(call=call, is_current=True)
        .select_related("round", "person")
        .order_by("pk")
    )
)


def standing(call: Call) -> Standing:
    """Return who stood where. A position counts for the text it was taken on, not a later one."""
    since = clock_round(call).number
    positions = CURRENT(call=call.pk)
    now = [position for position in positions if position.round.number >= since]
    spoken = [position.person_id for position in now]
    asked = roll_at(call.coalition, at=call.opened_at).filter(kind=Kind.MEMBER)
    return Standing(
        room=rules.room(_voices(now)),
        asked=call.asked,
        silent=asked.exclude(person__in=spoken).count(),
        silence_counts=call.silence,
        earlier=len(positions) - len(now),
        unaccommodated=_unaccommodated(call),
        is_sample=any(position.person.is_sample for position in positions),
    )


def position_rows(call: Call) -> list[PositionRow]:
    """Return everything that was said, every change included, newest first, for an export."""
    positions = call.positions.select_related("round", "person").order_by("-pk")
    return [
        PositionRow(
            name=str(position.person),
            group=position.get_group_display(),
            region=position.get_region_display(),
            capacity=position.get_capacity_display(),
            organization=position.organization,
            is_observer=position.is_observer,
            stance=position.stance,
            label=position.get_stance_display(),
            mark=position.mark,
            reason=position.reason,
            round=position.round.number,
            at=position.at,
            is_current=position.is_current,
        )
        for position in positions
    ]


def levels(call: Call, counted: rules.Tally) -> dict[Level, Answer]:
    """Say of each level whether the positions carry it, or why not."""
    return rules.level_table(counted, call.rule())


def heard(call: Call, counted: rules.Tally) -> Answer:
    """Say whether as many were heard as the rule asks."""
    return rules.enough(counted, call.rule())
