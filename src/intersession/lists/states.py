"""The choices of this app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DatedBy(TextChoices):
    """What told the time of a message."""

    DATE = "date", _("its own date")
    RECEIVED = "received", _("the server that took it in")
    ENVELOPE = "envelope", _("its place in the mailbox")
    ARRIVAL = "arrival", _("its arrival here")
