"""Reading the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from intersession.jobs.models import Run, Worker


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is: `state` READY, RUNNING, SUCCESSFUL or FAILED; `total` 0 is not known."""

    state: str
    done: int
    total: int
    words: str
    trouble: str


def progress(run_id: UUID | str) -> Progress | None:
    """Return how far a task is, for a page that shows it; None where there is no such task."""
    run = Run.objects.filter(pk=run_id).first()
    state = DBTaskResult.objects.filter(pk=run_id).values_list("status", flat=True).first()
    if run is None or state is None:
        return None
    return Progress(state, run.done, run.total, run.words, run.trouble)


def ready(*, at: datetime) -> QuerySet[DBTaskResult[..., Any]]:
    """Return the tasks that may be worked on now, the most urgent first."""
    due = Q(run_after__lte=at) | Q(run_after=get_date_max())
    waiting = DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)
    return waiting.order_by("-priority", "run_after", "enqueued_at")


def orphaned(*, steady: datetime) -> Sequence[Run]:
    """Return the runs whose worker is dead: its lease has run out, or it has gone."""
    alive = Worker.objects.filter(leased_until__gte=steady).values("name")
    return list(Run.objects.filter(finished_at=None).exclude(worker="").exclude(worker__in=alive))
