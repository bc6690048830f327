from django.conf import settings
from django.db import models

from intersession.lists.models.archive import MailingList, Message


class MailAnswer(models.Model):
    """
    A mail by which somebody answered a letter of another app, kept as evidence.

    `about` and `row` are what the letter was about, `person` whom it was written to. `unbound` is
    why the mail alone binds nobody (`rules.binding.Unbound`), empty where it does. `content` tells
    the same mail in a list's archive, whose `message` is named where it was there first.
    """

    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="+")
    about = models.PositiveSmallIntegerField()
    row = models.PositiveBigIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.BinaryField(max_length=32, unique=True)
    unbound = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    node = models.BigIntegerField()
    content = models.BinaryField(max_length=32)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the mail as it came.")
    raw = models.BinaryField()
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(name="answers_to_a_letter", fields=["about", "row", "person", "-at"]),
        ]

    def __str__(self) -> str:
        return self.subject or f"Answer {self.pk}"
