"""
Working through the queue, by any number of workers at once.

A worker takes one task, under its own name, and its name stands on a lease that it keeps renewing.
A worker that is killed renews nothing: when its lease has run out, its task goes back to the queue.
So no task is lost, and only the one in hand may be begun again.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any

from django.db import OperationalError, transaction
from django.tasks import TaskContext, TaskResultStatus
from django.utils.json import normalize_json
from django_tasks_db.models import DBTaskResult

from intersession.jobs import queries, rules
from intersession.jobs.models import Run, Worker
from intersession.kit.logs import in_a_line

log = logging.getLogger(__name__)

LONGEST = timedelta(hours=1)
"""No worker is given a longer lease, but by its own command."""

type Clock = Callable[[], datetime]


def beat(worker: str, *, steady: datetime, lease: timedelta) -> None:
    """
    Renew the lease of a worker, counted by the machine's own clock.

    A lease that ends after any that could have been given by now is from before the clock was put
    back; it ends with this one: who lives has renewed it by then.
    """
    Worker.objects.update_or_create(name=worker, defaults={"leased_until": steady + lease})
    beyond = Worker.objects.filter(leased_until__gt=steady + max(LONGEST, lease))
    if beyond.exists():
        beyond.update(leased_until=steady + lease)


def leave(worker: str) -> None:
    """Take a worker's name off the table; what it still held goes back at the next reaping."""
    Worker.objects.filter(name=worker).delete()


def work_once(worker: str, *, now: Clock) -> bool:
    """Take one task and do it. Return whether there was one."""
    if (run := _take(worker, at=now())) is None:
        return False
    row = DBTaskResult.objects.get(pk=run.pk)
    log.info("%s begins, try %s", row.task_path, run.tries)
    try:
        value = normalize_json(_call(row))
    except Exception as problem:
        _tell(row.task_path, run.tries, problem)
        _give_back(run, _words(problem), "".join(format_exception(problem)), at=now())
    else:
        _close(run, at=now(), trouble="", status=TaskResultStatus.SUCCESSFUL, return_value=value)
    return True


def _tell(path: str, tries: int, problem: Exception) -> None:
    """Write to the log that a try failed: a busy or absent database is no fault to be traced."""
    if isinstance(problem, OperationalError):
        log.warning("%s failed, try %s: %s", path, tries, in_a_line(problem))
    else:
        log.error("%s failed, try %s", path, tries, exc_info=problem)


def reap(*, steady: datetime, at: datetime) -> int:
    """Put the tasks of dead workers back in the queue, and return how many."""
    found = queries.orphaned(steady=steady)
    for run in found:
        log.warning("The worker of %s died.", run)
        _give_back(run, "The worker died in the middle of it.", "", at=at)
    if (dead := Worker.objects.filter(leased_until__lt=steady)).exists():
        dead.delete()
    return len(found)


@transaction.atomic
def _take(worker: str, *, at: datetime) -> Run | None:
    if not queries.ready(at=at).exists():
        return None
    row = queries.ready(at=at).select_for_update(skip_locked=True).first()
    if row is None:
        return None
    run, _ = Run.objects.get_or_create(task_id=row.pk)
    run.worker, run.tries = worker, run.tries + 1
    run.save(update_fields=["worker", "tries"])
    row.status, row.started_at = TaskResultStatus.RUNNING, at
    row.worker_ids = [*row.worker_ids, worker]
    row.save(update_fields=["status", "started_at", "worker_ids"])
    return run


def _call(row: DBTaskResult[..., Any]) -> object:
    result = row.task_result
    context = [TaskContext(task_result=result)] if result.task.takes_context else []
    return result.task.call(*context, *result.args, **result.kwargs)


@transaction.atomic
def _give_back(run: Run, trouble: str, traceback: str, *, at: datetime) -> None:
    """Let a try that failed be made again later, or give the task up and keep the reason."""
    if run.tries >= run.limit:
        status = TaskResultStatus.FAILED
        _close(run, at=at, trouble=trouble, status=status, traceback=traceback)
        return
    held = Run.objects.filter(pk=run.pk, worker=run.worker, finished_at=None)
    if held.update(worker="", trouble=trouble):
        chance = random.random()  # noqa: S311 (spreads the load; guards nothing)
        later = at + (rules.pause_after(run.tries, chance) if traceback else timedelta())
        DBTaskResult.objects.filter(pk=run.pk).update(
            status=TaskResultStatus.READY, run_after=later, traceback=traceback
        )


@transaction.atomic
def _close(run: Run, *, at: datetime, trouble: str, **result: Any) -> None:
    """Finish a task, unless it was taken away meanwhile from a worker that counted as dead."""
    held = Run.objects.filter(pk=run.pk, worker=run.worker, finished_at=None)
    if held.update(worker="", trouble=trouble, finished_at=at):
        DBTaskResult.objects.filter(pk=run.pk).update(finished_at=at, **result)
    else:
        log.warning("%s was taken away: its lease had run out.", run)


def _words(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"
