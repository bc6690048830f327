"""A letter as a mail message."""

from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from intersession.outbox.models import Letter


def message_id(letter: Letter) -> str:
    """Return the Message-ID of a letter: the same at every try, so that a repeat can be seen."""
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or "localhost"
    return f"<letter.{letter.pk}.{letter.written_at:%Y%m%d%H%M%S}@{domain}>"


def message(letter: Letter) -> EmailMultiAlternatives:
    """Return the letter as mail: plain text first, HTML beside it (RFC 2046, 5.1.4)."""
    headers = {
        "Message-ID": message_id(letter),
        "Date": format_datetime(letter.written_at),
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
        "X-Auto-Response-Suppress": "All",
    }
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    mail = EmailMultiAlternatives(
        letter.subject, letter.body, settings.MAIL_FROM, [letter.to], headers=headers
    )
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    return mail
