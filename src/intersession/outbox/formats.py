"""A letter as a mail message."""

from email.message import Message
from email.utils import format_datetime, parseaddr
from typing import Any
from zlib import decompress

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from intersession.outbox.models import Letter


def message_id(letter: Letter) -> str:
    """Return the Message-ID of a letter: the same at every try, so that a repeat can be seen."""
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or "localhost"
    return f"<letter.{letter.pk}.{letter.written_at:%Y%m%d%H%M%S}@{domain}>"


class Octets(Message):
    """A mail of which not a byte is written anew."""

    raw = b""

    def as_bytes(self, *args: Any, **kwargs: Any) -> bytes:
        """Give the bytes as they stand."""
        return self.raw


class Exact(EmailMultiAlternatives):
    """A mail that is ready: only its envelope is ours."""

    raw = b""

    def message(self, **kwargs: Any) -> Octets:  # type: ignore[override]
        """Give the ready mail."""
        octets = Octets()
        octets.raw = self.raw
        return octets


def message(letter: Letter) -> EmailMultiAlternatives:
    """
    Return the letter as mail: plain text first, HTML beside it (RFC 2046, 5.1.4).

    Its envelope bears the return path of the letter, where it has one of its own.
    """
    if letter.enclosed is not None:
        ready = Exact(letter.subject, "", letter.return_path or settings.MAIL_FROM, [letter.to])
        ready.raw = decompress(letter.enclosed.raw)
        return ready
    headers = {
        "Message-ID": message_id(letter),
        "Date": format_datetime(letter.written_at),
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
        "X-Auto-Response-Suppress": "All",
    }
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    if letter.return_path:
        headers["From"] = settings.MAIL_FROM
    sender = letter.return_path or settings.MAIL_FROM
    mail = EmailMultiAlternatives(
        letter.subject, letter.body, sender, [letter.to], headers=headers,
        reply_to=[letter.reply_to] if letter.reply_to else None,
    )  # fmt: skip
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    return mail
