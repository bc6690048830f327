"""Reading the outbox."""

from datetime import datetime

from django.db.models import Q, QuerySet

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


def newest() -> QuerySet[Letter]:
    """Return every letter, newest first: for the page of the demo."""
    return Letter.objects.order_by("-id")
