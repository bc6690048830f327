"""Reading the outbox."""

from datetime import datetime

from django.db.models import Q, QuerySet

from intersession.kit.paging import Part, from_key, to_key
from intersession.outbox.models import Letter


def waiting() -> QuerySet[Letter]:
    """Return the letters that are neither sent nor given up."""
    return Letter.objects.filter(sent_at=None, failed_at=None)


def due(*, at: datetime, steady: datetime) -> QuerySet[Letter]:
    """Return what is to be sent now, first written first; `steady` judges the holds of workers."""
    free = Q(held_until=None) | Q(held_until__lt=steady)
    return waiting().filter(free, due_at__lte=at).order_by("due_at", "id")


def failed() -> QuerySet[Letter]:
    """Return the letters given up, with their reasons, newest first."""
    return Letter.objects.exclude(failed_at=None).order_by("-failed_at", "-id")


def returned(*, since: datetime) -> QuerySet[Letter]:
    """Return the letters of which a report has said since a moment that they did not arrive."""
    return Letter.objects.filter(returned_at__gte=since)


def newest() -> QuerySet[Letter]:
    """Return every letter, newest first: for the page of the demo."""
    return Letter.objects.order_by("-id")


def part(letters: QuerySet[Letter], *, before: str = "", size: int = 50) -> Part[Letter]:
    """Return one part of the letters, newest first; a key that was changed opens the newest."""
    match from_key(before) if before else None:
        case (int(number),) if 0 <= number < 2**63:
            letters = letters.filter(pk__lt=number)
    found = list(letters.defer("body", "html")[: size + 1])
    more = len(found) > size
    return Part(found[:size], earlier=to_key(found[size - 1].pk) if more else "")
