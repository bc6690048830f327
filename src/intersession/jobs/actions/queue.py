"""Putting tasks in the queue, in the transaction that wants them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.tasks import Task
from django_tasks_db.models import DBTaskResult

from intersession.jobs import rules
from intersession.jobs.models import Run


@transaction.atomic
def enqueue(
    task: Task[..., Any],
    *args: Any,
    at: datetime,
    key: str = "",
    after: datetime | None = None,
    tries: int = rules.TRIES,
) -> Run:
    """
    Put a task in the queue: a rollback takes it out again, a commit makes it durable.

    While one with the same `key` waits or runs, no second is put in, and the first is returned.
    The worker starts it not before `after`, tries it up to `tries` times, and may repeat a try
    that a crash cut short: a task must bear being run twice. `args` are JSON.
    """
    if key and (known := Run.objects.filter(key=key, finished_at=None).first()):
        return known
    try:
        with transaction.atomic():
            result = task.using(run_after=after or at).enqueue(*args)
            return Run.objects.create(task_id=UUID(result.id), key=key, limit=tries)
    except IntegrityError:
        if not key:
            raise
        return Run.objects.get(key=key, finished_at=None)


def advance(run_id: UUID | str, *, done: int, total: int = 0, words: str = "") -> None:
    """Say how far a task is, for the page that shows it; `words` is a whole sentence."""
    Run.objects.filter(pk=run_id).update(done=done, total=total, words=words[:300])


@transaction.atomic
def prune(*, before: datetime) -> int:
    """Forget the tasks finished before a moment, and return how many."""
    old = Run.objects.filter(finished_at__lt=before)
    DBTaskResult.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return old.delete()[0]
