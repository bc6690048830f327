"""Who gets in where: every named address, every kind of visitor, one table, kept app by app."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.doors import World, a_world

pytestmark = pytest.mark.django_db

TABLES = sorted(path.parent.name for path in Path(__file__).parent.glob("*/doors_of.py"))
DOORS: dict[str, Any] = {
    name: door
    for app in TABLES
    for name, door in import_module(f"tests.{app}.doors_of").DOORS.items()
}


def every_name(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from every_name(pattern.url_patterns, inner)
        elif pattern.name:
            yield space + pattern.name


def test_no_door_is_left_out_of_the_table() -> None:
    ours = set(every_name(get_resolver().url_patterns))
    assert ours == set(DOORS)


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("who", ["anyone", "member", "coordinator", "secretariat"])
def test_door(client: Client, world: World, name: str, who: str) -> None:
    door = DOORS[name]
    visitors = {
        "anyone": None,
        "member": world.member,
        "coordinator": world.coordinator,
        "secretariat": world.secretariat,
    }
    if (person := visitors[who]) is not None:
        client.force_login(person)
    address = reverse(name, args=door.args(world))
    response = client.get(address) if door.method == "get" else client.post(address)
    assert response.status_code == getattr(door, who)
