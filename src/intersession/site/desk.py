"""What waits for a person, and what the person waits for, gathered from every app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intersession.decisions import queries as decisions
from intersession.decisions.queries import Waiting
from intersession.kit.charts import Bar, bar
from intersession.membership.models import Membership
from intersession.membership.queries import of_person
from intersession.outputs import queries as outputs
from intersession.people.models import Person


@dataclass(frozen=True, slots=True)
class Waits:
    """One row of the desk, its time drawn."""

    waiting: Waiting
    bar: Bar | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole desk: late first, then the next deadline, then what has none."""

    rows: Sequence[Waits]
    oldest: datetime | None
    memberships: Sequence[Membership]


def desk_of(person: Person, *, at: datetime) -> Desk:
    """Gather what waits for the person."""
    waiting = _gathered(person, at)
    rows = sorted(waiting, key=lambda one: (one.until is None, one.until or one.since, one.title))
    return Desk(
        rows=[Waits(one, _bar(one, at), one.until is not None and one.until <= at) for one in rows],
        oldest=min((one.since for one in waiting), default=None),
        memberships=list(of_person(person, at=at)),
    )


def _gathered(person: Person, at: datetime) -> list[Waiting]:
    return [*outputs.waiting_for(person, at), *decisions.waiting_for(person, at)]


def _bar(one: Waiting, at: datetime) -> Bar | None:
    return bar(one.since, one.until, at, is_owed=True) if one.until else None
