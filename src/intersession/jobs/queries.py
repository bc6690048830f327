"""Reading the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from intersession.jobs import rules
from intersession.jobs.models import Run, Worker


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is: `state` READY, RUNNING, SUCCESSFUL or FAILED; `total` 0 is not known."""

    state: str
    done: int
    total: int
    words: str
    trouble: str
    is_held: bool = True
    due_at: datetime | None = None

    @property
    def share(self) -> int:
        """Return how many of a hundred parts are done; never all before the end."""
        return min(99, self.done * 100 // self.total) if self.total else 0


def progress(run_id: UUID | str, *, steady: datetime | None = None) -> Progress | None:
    """
    Return how far a task is, for a page that shows it; None where there is no such task.

    `steady`, the machine's own moment, tells whether its worker still gives signs of life.
    """
    run = Run.objects.filter(pk=run_id).first()
    row = DBTaskResult.objects.filter(pk=run_id).values_list("status", "run_after").first()
    if run is None or row is None:
        return None
    held = steady is None or _lives(run.worker, steady)
    return Progress(row[0], run.done, run.total, run.words, run.trouble, held, row[1])


def _lives(worker: str, steady: datetime) -> bool:
    return Worker.objects.filter(name=worker, leased_until__gte=steady).exists()


def asked_by(person_id: int, *, everyone: bool = False) -> QuerySet[Run]:
    """Return the tasks that a person asked for, or those of all people."""
    asked = Run.objects.exclude(owner=None)
    return asked if everyone else asked.filter(owner=person_id)


def place_of(run: Run) -> Path:
    """Return where the file of a task lies, once it is made."""
    return Path(settings.DATA_DIR) / "files" / "made" / f"{run.pk}.made"


def file_of(run: Run, *, at: datetime) -> Path | None:
    """Return the file that a task made; None before its end, and once it is kept no more."""
    if not run.file or run.finished_at is None or at >= run.finished_at + rules.KEPT:
        return None
    place = place_of(run)
    return place if place.is_file() else None


def ready(*, at: datetime) -> QuerySet[DBTaskResult[..., Any]]:
    """Return the tasks that may be worked on now, the most urgent first."""
    due = Q(run_after__lte=at) | Q(run_after=get_date_max())
    waiting = DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)
    return waiting.order_by("-priority", "run_after", "enqueued_at")


def orphaned(*, steady: datetime) -> Sequence[Run]:
    """Return the runs whose worker is dead: its lease has run out, or it has gone."""
    alive = Worker.objects.filter(leased_until__gte=steady).values("name")
    return list(Run.objects.filter(finished_at=None).exclude(worker="").exclude(worker__in=alive))
