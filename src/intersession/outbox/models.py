from django.conf import settings
from django.db import models
from django.db.models import Q


class Enclosure(models.Model):
    """A mail that is ready as it stands, deflated (RFC 1950): letters may carry it as their own."""

    raw = models.BinaryField()

    def __str__(self) -> str:
        return f"Enclosure {self.pk}"


class Letter(models.Model):
    """A letter to be sent, written in the same transaction as its cause."""

    to = models.EmailField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    language = models.CharField(max_length=8, default="en")
    unsubscribe = models.CharField(max_length=300, blank=True)
    return_path = models.CharField(
        max_length=254, blank=True, help_text="Where reports go; empty: to the sender."
    )
    enclosed = models.ForeignKey(
        Enclosure, on_delete=models.PROTECT, related_name="letters", null=True, blank=True,
        help_text="The mail that goes out as it stands.",
    )  # fmt: skip
    reply_to = models.EmailField(blank=True, help_text="Where an answer goes, if anywhere.")
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    hold = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    via = models.CharField(max_length=200, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    returned_at = models.DateTimeField(
        null=True, blank=True, help_text="When a report said that it did not arrive."
    )
    trouble = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="outbox_waiting",
                fields=["due_at", "id"],
                condition=Q(sent_at=None, failed_at=None),
            ),
            models.Index(
                name="outbox_returned", fields=["returned_at"], condition=~Q(returned_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_letter_per_key", fields=["key"], condition=~Q(key="")
            ),
            models.CheckConstraint(
                name="letter_is_sent_or_failed_not_both",
                condition=Q(sent_at=None) | Q(failed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"
