"""What the clock starts: rows of schedules, each strike taken by exactly one worker."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.module_loading import import_string

from intersession.jobs import rules
from intersession.jobs.actions.queue import enqueue
from intersession.jobs.models import Schedule


@transaction.atomic
def plan(table: Mapping[str, tuple[str, str]], *, at: datetime) -> None:
    """Make the schedules those of the table: {name: (cron line, path of the task)}."""
    Schedule.objects.exclude(name__in=table).delete()
    known = {schedule.name: schedule for schedule in Schedule.objects.all()}
    for name, (cron, task) in table.items():
        old = known.get(name)
        if old is None or (old.cron, old.task) != (cron, task):
            values = {"cron": cron, "task": task, "next_at": rules.strikes_after(cron, at)}
            Schedule.objects.update_or_create(name=name, defaults=values)


def strike(*, at: datetime) -> int:
    """
    Put the tasks of the schedules that are due in the queue, and return how many.

    Strikes that nobody was there to notice are made up for by one.
    """
    due = list(Schedule.objects.filter(next_at__lte=at).order_by("next_at"))
    return sum(_strike(schedule, at=at) for schedule in due)


@transaction.atomic
def _strike(schedule: Schedule, *, at: datetime) -> bool:
    mine = Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at)
    if not mine.update(next_at=rules.strikes_after(schedule.cron, at)):
        return False
    enqueue(import_string(schedule.task), at=at, key=f"schedule:{schedule.name}")
    return True
