"""Reading the register."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from intersession.coalitions.models import Coalition, Procedure, Seat
from intersession.coalitions.rules import KnownLink, Page
from intersession.coalitions.states import Body, Office
from intersession.people.models import Person
from intersession.search.rules import Document


def visible_to(person: Person | None) -> QuerySet[Coalition]:
    """Return the groups this person may read about: coalitions, and where they coordinate."""
    return Coalition.objects.all()


def register(person: Person | None) -> QuerySet[Coalition]:
    """Return the coalitions; the coordination group is none."""
    return visible_to(person).filter(body=Body.COALITION)


def coordination_group() -> Coalition | None:
    """Return the group where coalitions coordinate, if the registry was loaded."""
    return Coalition.objects.filter(body=Body.COORDINATION).first()


def representatives(*, at: datetime) -> QuerySet[Seat]:
    """Return who represents a coalition on the coordination group, by coalition and time."""
    held = Seat.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
    found = held.filter(office=Office.REPRESENTATIVE, coalition__body=Body.COALITION)
    return found.select_related("coalition", "person").order_by("coalition__name", "since", "pk")


def directory(person: Person | None) -> QuerySet[Coalition]:
    """Return every coalition with its themes and former names, by name."""
    return register(person).prefetch_related("themes", "former_names").order_by(Lower("name"))


def in_office(coalition: Coalition, *, at: datetime) -> QuerySet[Seat]:
    """Return the seats held at a moment."""
    return Seat.objects.filter(Q(until=None) | Q(until__gt=at), coalition=coalition, since__lte=at)


def offices_of(person: Person, *, at: datetime) -> QuerySet[Seat]:
    """Return the offices that a person holds at a moment, with their coalitions."""
    held = Seat.objects.filter(Q(until=None) | Q(until__gt=at), person=person, since__lte=at)
    return held.select_related("coalition").order_by("coalition__name", "since")


def holds_office(person: Person, coalition: Coalition, *offices: Office, at: datetime) -> bool:
    """Test whether the person holds one of these offices (any, if none is named)."""
    seats = in_office(coalition, at=at).filter(person=person)
    return seats.filter(office__in=offices).exists() if offices else seats.exists()


def procedure_of(coalition: Coalition) -> Procedure:
    """Return the stated procedure, or the unsaved house defaults where none is stated."""
    return Procedure.objects.filter(coalition=coalition).first() or Procedure(coalition=coalition)


def once_called(name: str) -> Coalition | None:
    """Find a coalition by an address it had: a former name, or an acronym then or now."""
    return (
        Coalition.objects.filter(
            Q(former_names__slug=name.lower())
            | Q(former_names__acronym__iexact=name)
            | Q(acronym__iexact=name)
            | Q(handle__iexact=name)
        )
        .distinct()
        .first()
    )


def page_of(coalition: Coalition) -> Page:
    """Return what the coalition says of itself."""
    links = [KnownLink(link["url"], link["label"]) for link in coalition.links]
    plain = {name: getattr(coalition, name) for name in asdict(Page()) if name != "links"}
    return Page(**plain, links=links)


def documents(*, at: datetime, only: Coalition | None = None) -> Iterator[Document]:
    """Give every coalition (or one) to the search index, former names and acronyms included."""
    chosen = Coalition.objects.filter(pk=only.pk) if only else Coalition.objects.all()
    for coalition in chosen.prefetch_related("former_names", "themes"):
        names = [f"{old.name} {old.acronym}" for old in coalition.former_names.all()]
        themes = [theme.name for theme in coalition.themes.all()]
        parts = [coalition.full_name, coalition.acronym, coalition.focus, *names, *themes]
        yield Document(
            key=f"coalitions.coalition:{coalition.pk}", kind="coalition", title=coalition.name,
            body="\n".join(filter(None, parts)), at=at, url=coalition.get_absolute_url(),
            scope=coalition.slug, language="en",
        )  # fmt: skip
