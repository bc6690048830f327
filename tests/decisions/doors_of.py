from datetime import timedelta
from typing import Any

from intersession.decisions import actions
from intersession.decisions.models import Call
from intersession.decisions.states import Stance
from intersession.decisions.testing import MINUTE, an_open_call
from intersession.people.testing import NOON
from tests.doors import Door, World

HOUR = timedelta(hours=1)


def call_of(world: World) -> Call:
    """Open a call of the world's coordinator, on which its member has objected."""
    if "call" not in world.more:
        world.more["call"] = an_open_call(world.coalition)
    call: Call = world.more["call"]
    return call


def the_call(world: World) -> list[Any]:
    return [call_of(world).slug]


def a_statement(world: World) -> list[Any]:
    call = call_of(world)
    actions.take_position(world.member, call, at=NOON + HOUR, stance=Stance.SUPPORT)
    filed = actions.file_statement(world.member, call, at=NOON + HOUR + MINUTE, text="Not so.")
    return [call.slug, filed.number]


DOORS = {
    "decisions:index": Door("get", 200, 200, 200, 200),
    "decisions:show": Door("get", 200, 200, 200, 200, the_call),
    "decisions:calendar": Door("get", 200, 200, 200, 200, the_call),
    "decisions:record": Door("get", 404, 404, 404, 404, the_call),
    "decisions:statements": Door("get", 302, 200, 200, 200, the_call),
    "decisions:statement": Door("get", 200, 200, 200, 200, a_statement),
}
