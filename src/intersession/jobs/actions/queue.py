"""Putting tasks in the queue, in the transaction that wants them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.tasks import Task
from django_tasks_db.models import DBTaskResult

from intersession.jobs import rules
from intersession.jobs.actions.keeping import forget_files
from intersession.jobs.models import Run


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asked for a task, what it makes in their words, and on which page."""

    owner: AbstractBaseUser
    title: str
    asked_on: str

    def fields(self, at: datetime) -> dict[str, Any]:
        """Return what the run keeps of it."""
        said = {"title": self.title[:200], "asked_on": self.asked_on[:300]}
        return {"owner": self.owner, "asked_at": at, **said}


@transaction.atomic
def enqueue(
    task: Task[..., Any],
    *args: Any,
    at: datetime,
    key: str = "",
    after: datetime | None = None,
    tries: int = rules.TRIES,
    wish: Wish | None = None,
) -> Run:
    """
    Put a task in the queue: a rollback takes it out again, a commit makes it durable.

    While one with the same `key` waits or runs, no second is put in, and the first is returned.
    The worker starts it not before `after`, tries it up to `tries` times, and may repeat a try
    that a crash cut short: a task must bear being run twice. `args` are JSON. What a person asked
    for is shown to them at the address of the run.
    """
    if key and (known := Run.objects.filter(key=key, finished_at=None).first()):
        return known
    try:
        with transaction.atomic():
            result = task.using(run_after=after or at).enqueue(*args)
            return Run.objects.create(
                task_id=UUID(result.id), key=key, limit=tries, **(wish.fields(at) if wish else {})
            )
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
    forget_files(before=before)
    old = Run.objects.filter(finished_at__lt=before)
    DBTaskResult.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return old.delete()[0]
