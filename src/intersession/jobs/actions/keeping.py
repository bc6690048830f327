"""The files that tasks make for people: written whole or not at all, and kept for a while."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from intersession.jobs import queries
from intersession.jobs.models import Run


def keep(run_id: UUID | str, name: str, pieces: Iterable[bytes]) -> int:
    """
    Write the file that a task makes, and return its size in bytes.

    A try that was cut short leaves a half that nobody is shown; the next one begins it again.
    """
    run = Run.objects.get(pk=run_id)
    place = queries.place_of(run)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = place.with_suffix(".half")
    with half.open("wb") as file:
        for piece in pieces:
            file.write(piece)
    half.replace(place)
    Run.objects.filter(pk=run.pk).update(file=name)
    return place.stat().st_size


def forget_files(*, before: datetime | None = None) -> int:
    """Throw away the files of tasks finished before a moment, or all; return how many."""
    made = Run.objects.exclude(file="")
    if before is not None:
        made = made.filter(finished_at__lt=before)
    runs = list(made)
    for run in runs:
        queries.place_of(run).unlink(missing_ok=True)
    Run.objects.filter(pk__in=[run.pk for run in runs]).update(file="")
    return len(runs)
