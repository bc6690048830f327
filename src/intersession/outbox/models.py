from django.conf import settings
from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """A letter to be sent, written in the same transaction as its cause."""

    to = models.EmailField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="outbox_waiting",
                fields=["due_at", "id"],
                condition=Q(sent_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"
