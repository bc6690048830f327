"""Who may open a list."""

from datetime import datetime

from django.utils.translation import gettext as _

from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import holds_office
from intersession.coalitions.states import Office
from intersession.kit.answers import YES, Answer, no
from intersession.people.models import Person


def may_open_list(person: Person, coalition: Coalition, *, at: datetime) -> Answer:
    """A coordinator of the coalition or the Secretariat opens lists."""
    if person.is_secretariat or holds_office(person, coalition, Office.COORDINATOR, at=at):
        return YES
    return no(_("Only a coordinator of the coalition or the Secretariat opens a list."))
