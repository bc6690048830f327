"""Who may change what in the register."""

from datetime import datetime

from django.utils.translation import gettext as _

from intersession.coalitions import queries
from intersession.coalitions.models import Coalition
from intersession.coalitions.states import Office
from intersession.kit.answers import YES, Answer, no
from intersession.people.models import Person


def may_edit_page(person: Person | None, coalition: Coalition, *, at: datetime) -> Answer:
    """A coordinator or the Secretariat edits the page of a coalition."""
    if person is not None and (person.is_secretariat or may_confirm_page(person, coalition, at=at)):
        return YES
    return no(_("Only a coordinator of the coalition or the Secretariat edits its page."))


def may_confirm_page(person: Person | None, coalition: Coalition, *, at: datetime) -> Answer:
    """A coordinator speaks for the coalition, and nobody else does."""
    if person is not None and queries.holds_office(person, coalition, Office.COORDINATOR, at=at):
        return YES
    return no(_("Only a coordinator of the coalition can say that its page is right."))


def may_seat(person: Person, coalition: Coalition, *, at: datetime) -> Answer:
    """The Secretariat or a coordinator gives offices; elections come later."""
    if person.is_secretariat or queries.holds_office(person, coalition, Office.COORDINATOR, at=at):
        return YES
    return no(_("Only a coordinator of the coalition or the Secretariat gives offices."))
