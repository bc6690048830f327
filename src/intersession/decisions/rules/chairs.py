"""The room: who spoke, by stakeholder group and region, with the empty chairs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from intersession.decisions.states import MARK, Stance
from intersession.people.states import REGION_SHORT, Group, Region

ALWAYS = tuple(group for group in Group if group is not Group.OTHER)
"""The five stakeholder groups whose chairs are drawn even when empty."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One current position, as the room needs it; empty strings where not stated."""

    group: str
    region: str
    stance: str
    is_observer: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many took one position."""

    stance: str
    mark: str
    label: Any
    n: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the room: a mark for each person, and the same in words."""

    marks: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One stakeholder group across the regions, and how many of it were heard."""

    label: Any
    cells: tuple[Cell, ...]
    heard: int


@dataclass(frozen=True, slots=True)
class Room:
    """The table of who stood where. `columns` holds (label, short label) for each region."""

    columns: tuple[tuple[Any, Any], ...]
    rows: tuple[Row, ...]
    counts: tuple[Count, ...]
    voices: int
    observers: tuple[Count, ...]
    observers_heard: int
    silent_groups: tuple[Any, ...]
    silent_regions: tuple[Any, ...]


def counts(voices: Iterable[Voice]) -> tuple[Count, ...]:
    """Count the positions in their order, none left out."""
    said = [voice.stance for voice in voices]
    return tuple(
        Count(stance.value, MARK[stance], str(stance.label), said.count(stance))
        for stance in Stance
    )


def words(some: Iterable[Count]) -> str:
    """Write counts for ears: 2 support, 1 can live with it."""
    said = [
        _("%(n)s %(stance)s") % {"n": count.n, "stance": str(count.label).lower()}
        for count in some
        if count.n
    ]
    return ", ".join(said) or _("nobody")


def _cell(voices: Sequence[Voice]) -> Cell:
    tally = counts(voices)
    return Cell(tuple(c.mark for c in tally for _n in range(c.n)), words(tally))


def _keys(fixed: Sequence[Any], extra: Any, used: set[str]) -> list[tuple[str, Any]]:
    """List the fixed keys, then those in use beside them, then the place for not stated."""
    keys = [(one.value, str(one.label)) for one in fixed]
    known = {key for key, _label in keys}
    keys += [(one.value, str(one.label)) for one in extra if one.value in used - known]
    return [*keys, ("", _("Not stated"))] if "" in used else keys


def room(voices: Iterable[Voice]) -> Room:
    """Seat the members' voices by group and region; count the observers' apart."""
    everyone = list(voices)
    members = [voice for voice in everyone if not voice.is_observer]
    observers = [voice for voice in everyone if voice.is_observer]
    rows = _keys(ALWAYS, Group, {voice.group for voice in members})
    columns = _keys(tuple(Region), (), {voice.region for voice in members})
    groups, regions = {v.group for v in members}, {v.region for v in members}
    return Room(
        columns=tuple((label, _short(key)) for key, label in columns),
        rows=tuple(_row(label, group, columns, members) for group, label in rows),
        counts=counts(members),
        voices=len(members),
        observers=counts(observers),
        observers_heard=len(observers),
        silent_groups=tuple(str(one.label) for one in ALWAYS if one.value not in groups),
        silent_regions=tuple(str(one.label) for one in Region if one.value not in regions),
    )


def _short(region: str) -> str:
    return str(REGION_SHORT[Region(region)]) if region in Region else "–"


def _row(
    label: Any, group: str, columns: Sequence[tuple[str, Any]], members: Sequence[Voice]
) -> Row:
    mine = [voice for voice in members if voice.group == group]
    cells = tuple(_cell([v for v in mine if v.region == region]) for region, _label in columns)
    return Row(label, cells, len(mine))
