"""The verbs of offices."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.coalitions import permissions, queries
from intersession.coalitions.events import SeatTaken
from intersession.coalitions.models import Coalition, Seat
from intersession.coalitions.states import Office
from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.people.models import Person


@transaction.atomic
def seat(
    actor: Person, coalition: Coalition, person: Person, office: Office, *, at: datetime
) -> Seat:
    """
    Give somebody an office of the coalition.

    Raises Denied unless the Secretariat or a coordinator asks, Refused if the person holds it.
    """
    ensure(permissions.may_seat(actor, coalition, at=at))
    if queries.holds_office(person, coalition, office, at=at):
        raise Refused(_("%(name)s holds this office already.") % {"name": person})
    taken = Seat.objects.create(coalition=coalition, person=person, office=office, since=at)
    record(
        actor, "coalitions.seat", taken, at=at, scope=coalition.slug,
        title=str(coalition), url=coalition.get_absolute_url(), facts={"office": office.value},
    )  # fmt: skip
    publish(SeatTaken(coalition.pk, person.pk, office.value, at))
    return taken
