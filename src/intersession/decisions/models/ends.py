from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from intersession.decisions.models.calls import Call
from intersession.decisions.states import Level


class Determination(models.Model):
    """What a caller declared, with the frozen leaves of the record and their root."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="determination")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=16, choices=Level)
    summary = models.TextField()
    options = models.TextField(blank=True)
    reopens = models.TextField()
    at = models.DateTimeField()
    statements_due_at = models.DateTimeField()
    appeal_until = models.DateTimeField()
    silent = models.PositiveIntegerField()
    salt = models.CharField(max_length=64)
    leaves: models.JSONField[Any, Any] = models.JSONField(default=list)
    root = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="determination_is_explained", condition=~Q(summary="") & ~Q(reopens="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.level} on {self.call_id}"


class Correction(models.Model):
    """A later word on a determination, which itself stays as it was frozen."""

    determination = models.ForeignKey(
        Determination, on_delete=models.PROTECT, related_name="corrections"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    salt = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Correction of {self.determination_id}"
