from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Worker(models.Model):
    """A process that works through the queue; it counts as alive while its lease runs."""

    name = models.CharField(max_length=32, unique=True)
    leased_until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """
    What the queue's own table does not keep of a task: key, worker, tries, progress.

    One that a person asked for names them, what it makes, and the page where they asked; what was
    made is a file of the name `file`.
    """

    task_id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=200, blank=True)
    worker = models.CharField(max_length=32, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    limit = models.PositiveSmallIntegerField(default=5)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    trouble = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    asked_on = models.CharField(max_length=300, blank=True)
    file = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_run_per_key",
                fields=["key"],
                condition=Q(finished_at=None) & ~Q(key=""),
            )
        ]
        indexes = [
            models.Index(
                name="jobs_in_hand",
                fields=["worker"],
                condition=Q(finished_at=None) & ~Q(worker=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.key}".strip()

    def get_absolute_url(self) -> str:
        """Return the address of its progress."""
        return reverse("jobs:run", args=[self.pk])


class Schedule(models.Model):
    """A task that the clock starts: each moment its cron line names, once, whoever notices it."""

    name = models.CharField(max_length=80, unique=True)
    cron = models.CharField(max_length=80)
    task = models.CharField(max_length=200)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.cron}"
