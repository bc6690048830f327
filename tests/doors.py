"""The small world behind the table of doors, and a row of that table."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from intersession.coalitions.models import Coalition
from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.membership.testing import a_member
from intersession.people.models import Person
from intersession.people.testing import the_secretariat


@dataclass
class World:
    """One coalition with its people; apps hang their things on `more` when a door asks for them."""

    coalition: Coalition
    member: Person
    coordinator: Person
    secretariat: Person
    more: dict[str, Any] = field(default_factory=dict)


def a_world() -> World:
    """Make the world of the doors."""
    coalition = a_coalition()
    return World(coalition, a_member(coalition), a_coordinator(coalition), the_secretariat())


def nothing(world: World) -> list[Any]:
    """The address needs nothing."""
    return []


def the_coalition(world: World) -> list[Any]:
    """The address needs the slug of the coalition."""
    return [world.coalition.slug]


@dataclass(frozen=True)
class Door:
    """A method, the status for each kind of visitor, and what the address needs."""

    method: str
    anyone: int
    member: int
    coordinator: int
    secretariat: int
    args: Callable[[World], list[Any]] = nothing
