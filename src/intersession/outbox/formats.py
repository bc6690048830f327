"""A letter as a mail message."""

import email.policy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.utils import format_datetime, parseaddr
from typing import Any
from zlib import decompress

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from intersession.outbox.models import Letter

WIRE = email.policy.SMTP.clone(cte_type="7bit")
"""How a letter is written that is signed: no server on its way has a reason to write it anew."""


@dataclass(frozen=True, slots=True)
class Ways:
    """
    What the roof adds to a letter as it leaves.

    `return_path` makes the address where reports shall go one of the letter's own, and `signature`
    writes what goes before a mail.
    """

    return_path: Callable[[str, int], str]
    signature: Callable[[bytes, datetime], bytes]


_ways = [Ways(lambda address, _letter: address, lambda _raw, _at: b"")]


def connect(ways: Ways) -> None:
    """Take what the roof adds. Called once, as Django starts."""
    _ways[:] = [ways]


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

    def message(self, **kwargs: Any) -> Octets:  # type: ignore[override]  # only its bytes are asked
        """Give the ready mail."""
        octets = Octets()
        octets.raw = self.raw
        return octets


def message(letter: Letter) -> EmailMultiAlternatives:
    """
    Return the letter as mail: plain text first, HTML beside it (RFC 2046, 5.1.4).

    Its envelope bears the return path of the letter, where it has one of its own.
    """
    sender = settings.MAIL_FROM
    if letter.return_path:
        sender = _ways[0].return_path(letter.return_path, letter.pk)
    if letter.enclosed is not None:
        return _exact(letter, decompress(letter.enclosed.raw), sender)
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
    mail = EmailMultiAlternatives(
        letter.subject, letter.body, sender, [letter.to], headers=headers,
        reply_to=[letter.reply_to] if letter.reply_to else None,
    )  # fmt: skip
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    return mail


def outgoing(letter: Letter) -> EmailMultiAlternatives:
    """Return the letter as it leaves: signed, where there is a key for it."""
    mail = message(letter)
    raw = mail.raw if isinstance(mail, Exact) else mail.message(policy=WIRE).as_bytes()
    signed = _ways[0].signature(raw, letter.written_at)
    return _exact(letter, signed + raw, mail.from_email) if signed else mail


def _exact(letter: Letter, raw: bytes, sender: str) -> Exact:
    ready = Exact(letter.subject, "", sender, [letter.to])
    ready.raw = raw
    return ready
