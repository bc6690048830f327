from django.db import models

from intersession.lists.models.archive import MailingList, Message, message_address


class OldUrl(models.Model):
    """
    Where a page of an archive was at its old server: of a message, of a month, or of the list.

    `host` is empty where any will do; `path` is unquoted, without what a bare folder and its
    index have apart (`rules.old_urls`).
    """

    host = models.CharField(max_length=255, blank=True)
    path = models.CharField(max_length=700)
    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    first_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_place_per_old_url", fields=["path", "host"])
        ]

    def __str__(self) -> str:
        return f"{self.host}{self.path}"

    def get_absolute_url(self) -> str:
        """Return where the page is now. Asks for the message, where it is loaded already."""
        if self.message is not None:
            return message_address(self.mailing_list.name, self.message.permalink)
        if self.first_day is not None:
            return f"{self.mailing_list.get_absolute_url()}{self.first_day:%Y/%m}/"
        return self.mailing_list.get_absolute_url()
