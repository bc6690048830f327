"""Membership is open: nobody approves it (seed 004, I.3)."""

from datetime import datetime

from django.utils.translation import gettext as _

from intersession.coalitions.models import Coalition
from intersession.kit.answers import YES, Answer, no
from intersession.membership import queries
from intersession.people.models import Person


def may_join(person: Person | None, coalition: Coalition, *, at: datetime) -> Answer:
    """Anybody may join who is signed in and does not belong already."""
    if coalition.is_coordination:
        return no(_("Coalitions choose who represents them here. The list is open to everybody."))
    if person is None:
        return no(_("Sign in to join; nobody has to approve it."))
    if queries.belongs(person, coalition, at=at):
        return no(_("You belong to this coalition already."))
    return YES


def may_leave(person: Person | None, coalition: Coalition, *, at: datetime) -> Answer:
    """Whoever belongs may leave."""
    if coalition.is_coordination:
        return no(_("Coalitions choose who represents them here. The list is open to everybody."))
    if person is None or not queries.belongs(person, coalition, at=at):
        return no(_("You do not belong to this coalition."))
    return YES
