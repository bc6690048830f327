"""Mail to an office on its way to those who hold it today."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.lists.letters.subscribing import reports_to
from intersession.lists.models import Correspondence, MailingList
from intersession.lists.queries import tokens
from intersession.lists.rules.forwarding import Forward, forwarded
from intersession.outbox.actions import write_exact
from intersession.people.models import Person


def forward(
    mail: Correspondence, near: MailingList, raw: bytes, holders: Iterable[Person], *, at: datetime
) -> None:
    """
    Send a mail on, in the language of each holder; what cannot be delivered comes to nobody.

    `near` is the list at whose address reports about the forward end.
    """
    for person in holders:
        with override(person.language):
            reason = _("You get this because you hold the office that %(office)s reaches.") % {
                "office": mail.to
            }
            text = _(
                "This mail came to %(office)s, which reaches whoever holds the office. It is"
                " attached as it came.\n\nAnswer this letter: your answer goes to the author and is"
                " kept for whoever holds the office after you. All of it, and what still waits for"
                " an answer: %(page)s"
            ) % {"office": mail.to, "page": f"{settings.SITE_URL}{mail_address(mail)}"}
            told = Forward(
                mail.to, str(near) if mail.mailing_list else mail.to, mail.address,
                mail.subject or _("Without a subject"),
                tokens.role_message_id(mail.pk, mail.to.rpartition("@")[2]),
                f"{text}\n\n-- \n{reason}\n", at,
            )  # fmt: skip
        write_exact(
            "lists.office", {person.email: person.pk}, forwarded(told, raw), at=at,
            subject=mail.subject, reason=reason, return_path=reports_to(near),
        )  # fmt: skip


def mail_address(mail: Correspondence) -> str:
    """Return the address of the page of a mail to an office."""
    return f"/lists/correspondence/{mail.pk}/"
