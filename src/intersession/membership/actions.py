"""Joining and leaving."""

from datetime import datetime

from django.db import transaction

from intersession.coalitions.models import Coalition
from intersession.journal.actions import record
from intersession.kit.answers import ensure
from intersession.kit.facts import publish
from intersession.membership import permissions, queries
from intersession.membership.events import MemberJoined, MemberLeft
from intersession.membership.models import Membership
from intersession.membership.states import Kind
from intersession.people.models import Person


@transaction.atomic
def join(
    actor: Person, coalition: Coalition, *, at: datetime, kind: Kind = Kind.MEMBER
) -> Membership:
    """Join a coalition. Raises Denied if the person belongs already."""
    ensure(permissions.may_join(actor, coalition, at=at))
    membership = Membership.objects.create(coalition=coalition, person=actor, kind=kind, since=at)
    record(
        actor, "membership.join", membership, at=at, scope=coalition.slug,
        title=str(coalition), url=coalition.get_absolute_url(), facts={"kind": kind.value},
    )  # fmt: skip
    publish(MemberJoined(coalition.pk, actor.pk, kind.value, at))
    return membership


@transaction.atomic
def leave(actor: Person, coalition: Coalition, *, at: datetime) -> None:
    """Leave a coalition; what was said stays. Raises Denied if the person does not belong."""
    ensure(permissions.may_leave(actor, coalition, at=at))
    membership = queries.roll_at(coalition, at=at).get(person=actor)
    membership.until = at
    membership.save(update_fields=["until"])
    record(
        actor, "membership.leave", membership, at=at, scope=coalition.slug,
        title=str(coalition), url=coalition.get_absolute_url(),
    )  # fmt: skip
    publish(MemberLeft(coalition.pk, actor.pk, at))
