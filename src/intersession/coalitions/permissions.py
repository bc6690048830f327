"""Who may change what in the register."""

from datetime import datetime

from django.utils.translation import gettext as _

from intersession.coalitions import queries
from intersession.coalitions.models import Coalition
from intersession.coalitions.states import Office
from intersession.kit.answers import YES, Answer, no
from intersession.people.models import Person


def may_seat(person: Person, coalition: Coalition, *, at: datetime) -> Answer:
    """The Secretariat or a coordinator gives offices; elections come later."""
    if person.is_secretariat or queries.holds_office(person, coalition, Office.COORDINATOR, at=at):
        return YES
    return no(_("Only a coordinator of the coalition or the Secretariat gives offices."))
