from django.conf import settings
from django.db import models
from django.db.models import Q

from intersession.lists.models.archive import MailingList
from intersession.lists.states import Mailbox


class Correspondence(models.Model):
    """
    A mail to those who hold an office, whoever they are, kept for those who hold it next.

    `number` is what its forwards are known by. The Secretariat's own has no list.
    """

    mailing_list = models.ForeignKey(
        MailingList, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    mailbox = models.CharField(max_length=12, choices=Mailbox)
    to = models.CharField(max_length=254)
    key = models.BinaryField(max_length=32, unique=True)
    raw = models.BinaryField()
    address = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    is_proven = models.BooleanField(default=False)
    is_spam = models.BooleanField(default=False)
    at = models.DateTimeField()
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="replies", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        indexes = [
            models.Index(name="correspondence_of_list", fields=["mailing_list", "mailbox", "-at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="mail_to_the_owner_has_its_list",
                condition=~Q(mailbox="owner") | Q(mailing_list__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.subject or f"Correspondence {self.pk}"
