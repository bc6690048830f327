"""People for tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from intersession.people import actions
from intersession.people.models import Person
from intersession.people.rules import current_version
from intersession.people.states import Group, Region, Text

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

_number = count(1)


def a_person(**fields: Any) -> Person:
    """Make a person of the technical community in Africa, unless told otherwise."""
    n = next(_number)
    given = {
        "email": f"person-{n}@example.org",
        "name": f"Person {n}",
        "group": Group.TECHNICAL,
        "region": Region.AFRICA,
        "shown": ["group", "region"],
        "joined_at": NOON,
    }
    return Person.objects.create_user(**{**given, **fields})


def the_secretariat() -> Person:
    """Make somebody of the Secretariat."""
    return a_person(is_secretariat=True, name="Secretariat")


def a_person_who_consented(**fields: Any) -> Person:
    """Make a person who accepted all texts, and so is not asked again."""
    person = a_person(**fields)
    for text in Text:
        actions.consent(person, text, current_version(text), at=NOON)
    return person
