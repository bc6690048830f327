from django.conf import settings
from django.db import models
from django.db.models import Q

from intersession.lists.models.archive import Message
from intersession.lists.states import Redacted, RedactedFor


class Redaction(models.Model):
    """
    Something was taken out of a message, by whom, when and why. What it was is kept nowhere.

    `position` is the place of a file; without one the redaction is of the text or the writer.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="redactions")
    what = models.CharField(max_length=8, choices=Redacted)
    position = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=8, choices=RedactedFor)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_redaction_of_a_file", fields=["message", "what", "position"]
            ),
            models.UniqueConstraint(
                name="one_redaction_of_a_kind",
                fields=["message", "what"],
                condition=Q(position=None),
            ),
            models.CheckConstraint(
                name="redaction_of_a_file_has_its_place",
                condition=Q(what="file", position__isnull=False)
                | ~Q(what="file") & Q(position=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.message_id}"


class QuotedCopy(models.Model):
    """A message that quotes what was taken out of another one, for the moderator to look at."""

    redaction = models.ForeignKey(Redaction, on_delete=models.CASCADE, related_name="copies")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_copy_listed_once", fields=["redaction", "message"])
        ]

    def __str__(self) -> str:
        return f"{self.message_id} quotes {self.redaction_id}"


class ErasureRequest(models.Model):
    """Somebody asks that a message of theirs, or about them, be taken out; until it is answered."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=Redacted)
    words = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_request_of_a_person",
                fields=["message", "by"],
                condition=Q(answered_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"
