"""Who gets in where: every named address, every kind of visitor, one table, kept app by app."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from intersession.people.models import Person
from tests.doors import Door, World, a_world

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


@pytest.mark.parametrize("name", DOORS)
def test_door(name: str) -> None:
    world, door = a_world(), DOORS[name]
    visitors = {
        "anyone": None,
        "member": world.member,
        "coordinator": world.coordinator,
        "secretariat": world.secretariat,
    }
    met = {}
    for who, person in visitors.items():
        before = dict(world.more)
        with untouched():
            met[who] = status(name, door, world, person)
        world.more = before
    assert met == {who: getattr(door, who) for who in visitors}


@contextmanager
def untouched() -> Iterator[None]:
    """Take back what a visitor did, so that the next one finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def status(name: str, door: Door, world: World, person: Person | None) -> int:
    """Return how a door answers a visitor."""
    client = Client()
    if person is not None:
        client.force_login(person)
    address = reverse(name, args=door.args(world))
    response = client.get(address) if door.method == "get" else client.post(address)
    return response.status_code
