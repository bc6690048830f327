"""Coalitions for tests."""

from datetime import datetime
from itertools import count
from typing import Any

from intersession.coalitions import actions
from intersession.coalitions.models import Coalition, Procedure
from intersession.coalitions.states import Body, Office, Status
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person, the_secretariat

_number = count(1)


def a_coalition(**procedure: Any) -> Coalition:
    """Make an active coalition; keywords state its procedure."""
    n = next(_number)
    coalition = Coalition.objects.create(
        slug=f"dc-{n}", handle=f"DC{n}", acronym=f"DC-{n}", name=f"Coalition {n}",
        status=Status.ACTIVE, focus="To agree.",
    )  # fmt: skip
    if procedure:
        Procedure.objects.create(coalition=coalition, **procedure)
    return coalition


def a_coordination_group() -> Coalition:
    """Make the group where coalitions coordinate; there is one at most."""
    return Coalition.objects.create(
        slug="dccg", handle="DCCG", acronym="DCCG", name="Coordination Group",
        body=Body.COORDINATION, status=Status.ACTIVE, focus="To meet.",
    )  # fmt: skip


def a_coordinator(coalition: Coalition, *, at: datetime = NOON) -> Person:
    """Make somebody who coordinates the coalition."""
    person = a_person()
    actions.seat(the_secretariat(), coalition, person, Office.COORDINATOR, at=at)
    return person
