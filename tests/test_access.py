"""Who gets in where: every named address, every kind of visitor, one table, kept app by app."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from intersession.people.models import Person
from tests.doors import Door, a_world

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


@pytest.fixture(scope="module")
def met(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[[str], dict[str, int]]]:
    """
    Give how a door of one world meets each kind of visitor; nothing of it stays.

    Who asks for it has the mark `django_db` too: by that mark alone the runner finds out whether
    what was selected needs a database, and without one no table is there.
    """
    with django_db_blocker.unblock(), untouched():
        world = a_world()
        visitors = {
            "anyone": Client(),
            "member": signed_in(world.member),
            "coordinator": signed_in(world.coordinator),
            "secretariat": signed_in(world.secretariat),
        }

        def visit(name: str) -> dict[str, int]:
            with untouched():
                world.more = {}
                address = reverse(name, args=DOORS[name].args(world))
                return {
                    who: status(DOORS[name], address, visitor) for who, visitor in visitors.items()
                }

        yield visit


@pytest.mark.django_db
@pytest.mark.parametrize("name", DOORS)
def test_door(name: str, met: Callable[[str], dict[str, int]]) -> None:
    found = met(name)

    assert found == {who: getattr(DOORS[name], who) for who in found}


@contextmanager
def untouched() -> Iterator[None]:
    """Take back what was done, so that the next one finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def status(door: Door, address: str, visitor: Client) -> int:
    """Return how a door answers a visitor, whose cookies and deeds are taken back."""
    kept = visitor.cookies
    visitor.cookies = SimpleCookie({name: cookie.value for name, cookie in kept.items()})
    with untouched():
        response = visitor.get(address) if door.method == "get" else visitor.post(address)
    visitor.cookies = kept
    return response.status_code
