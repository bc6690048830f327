"""Who belongs, now and on a day."""

from datetime import datetime

from django.db.models import Q, QuerySet

from intersession.coalitions.models import Coalition
from intersession.membership.models import Membership
from intersession.membership.states import Kind
from intersession.people.models import Person


def roll_at(coalition: Coalition, *, at: datetime) -> QuerySet[Membership]:
    """Return the roll as it stood at a moment."""
    return Membership.objects.filter(
        Q(until=None) | Q(until__gt=at), coalition=coalition, since__lte=at
    )


def belongs(person: Person, coalition: Coalition, *, at: datetime) -> bool:
    """Test whether the person is a member or an observer at a moment."""
    return roll_at(coalition, at=at).filter(person=person).exists()


def is_member(person: Person, coalition: Coalition, *, at: datetime) -> bool:
    """Test whether the person is a member (not an observer) at a moment."""
    return roll_at(coalition, at=at).filter(person=person, kind=Kind.MEMBER).exists()
