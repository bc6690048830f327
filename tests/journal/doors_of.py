from typing import Any

from tests.doors import Door, World, the_coalition


def an_entry(world: World) -> list[Any]:
    """The address needs the number of an entry: the world began with one."""
    return [1]


DOORS = {
    "journal:whole": Door("get", 200, 200, 200, 200),
    "journal:entry": Door("get", 200, 200, 200, 200, an_entry),
    "journal:feed": Door("get", 200, 200, 200, 200),
    "journal:export": Door("get", 200, 200, 200, 200),
    "journal:checkpoints": Door("get", 200, 200, 200, 200),
    "journal:verifier": Door("get", 200, 200, 200, 200),
    "journal:timeline": Door("get", 200, 200, 200, 200, the_coalition),
    "journal:timeline_feed": Door("get", 200, 200, 200, 200, the_coalition),
}
