"""Members for tests, who joined by the same verb that people use."""

from datetime import datetime
from typing import Any

from intersession.coalitions.models import Coalition
from intersession.membership import actions
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person


def a_member(coalition: Coalition, *, at: datetime = NOON, **fields: Any) -> Person:
    """Make a person who joined the coalition at a moment."""
    person = a_person(**fields)
    actions.join(person, coalition, at=at)
    return person
