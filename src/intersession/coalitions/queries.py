"""Reading the register."""

from datetime import datetime

from django.db.models import Q, QuerySet

from intersession.coalitions.models import Coalition, Procedure, Seat
from intersession.coalitions.states import Office
from intersession.people.models import Person


def visible_to(person: Person | None) -> QuerySet[Coalition]:
    """Return the coalitions this person may read about: the register is public."""
    return Coalition.objects.all()


def in_office(coalition: Coalition, *, at: datetime) -> QuerySet[Seat]:
    """Return the seats held at a moment."""
    return Seat.objects.filter(Q(until=None) | Q(until__gt=at), coalition=coalition, since__lte=at)


def holds_office(person: Person, coalition: Coalition, *offices: Office, at: datetime) -> bool:
    """Test whether the person holds one of these offices (any, if none is named)."""
    seats = in_office(coalition, at=at).filter(person=person)
    return seats.filter(office__in=offices).exists() if offices else seats.exists()


def procedure_of(coalition: Coalition) -> Procedure:
    """Return the stated procedure, or the unsaved house defaults where none is stated."""
    return Procedure.objects.filter(coalition=coalition).first() or Procedure(coalition=coalition)
