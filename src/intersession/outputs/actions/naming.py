"""Who worked on an output, and how each wishes to be named."""

from datetime import datetime

from django.db import transaction

from intersession.kit.answers import ensure
from intersession.outputs import permissions
from intersession.outputs.actions.trace import enter
from intersession.outputs.models import Contributor, Output
from intersession.outputs.states import Role
from intersession.people.models import Person


def add_contributor(output: Output, person: Person, role: Role, *, at: datetime) -> None:
    """Name somebody who worked on it; whoever has a role keeps it. Verbs use it."""
    Contributor.objects.get_or_create(
        output=output,
        person=person,
        defaults={
            "role": role,
            "affiliation": person.affiliation if person.shows("affiliation") else "",
            "since": at,
        },
    )


@transaction.atomic
def take_credit(
    actor: Person, contributor: Contributor, *, at: datetime, is_named: bool, affiliation: str
) -> None:
    """Say how to be named: not at all, or with an affiliation. Raises Denied to anybody else."""
    ensure(permissions.may_take_credit(actor, contributor))
    contributor.is_named = is_named
    contributor.affiliation = affiliation.strip() if is_named else ""
    contributor.save(update_fields=["is_named", "affiliation"])
    enter(actor, "take_credit", contributor.output, at=at, facts={"is_named": is_named})
