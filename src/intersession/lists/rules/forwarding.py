"""A mail to an office as it goes on to those who hold it: the original attached, not a byte new."""

from base64 import encodebytes
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256

from intersession.lists.rules.composing.words import encoded, field, phrase, plain
from intersession.lists.rules.digesting.editions import END, octets
from intersession.lists.rules.digesting.whole import is_sendable

LOOP = "X-Loop"
"""The field by which a forward that comes back is known."""


@dataclass(frozen=True, slots=True)
class Forward:
    """What a forward says: `office` is the address it came to and leaves from."""

    office: str
    title: str
    author: str
    subject: str
    message_id: str
    text: str
    at: datetime


def forwarded(told: Forward, raw: bytes) -> bytes:
    """
    Write a forward: a text, and the mail itself as message/rfc822 (RFC 2046, 5.2.1).

    Answers go to the author and to the office, so that the office keeps them. What no mail can
    hold is attached as a file.
    """
    raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", END)
    boundary = b"=_" + sha256(raw + told.message_id.encode()).hexdigest()[:40].encode()
    lines = [*_head(told), b'Content-Type: multipart/mixed; boundary="' + boundary + b'"', b""]
    text = (
        b"--" + boundary, b"Content-Type: text/plain; charset=utf-8",
        b"Content-Transfer-Encoding: 8bit", b"", octets(told.text),
    )  # fmt: skip
    return END.join(
        [*lines, *text, b"--" + boundary, *_enclosed(raw), b"--" + boundary + b"--", b""]
    )


def _head(told: Forward) -> list[bytes]:
    office = told.office.encode()
    answers = [one.encode() for one in (told.author, told.office) if one]
    subject = plain(told.subject)
    written = subject.encode() if subject.isascii() else b" ".join(encoded(subject))
    return [
        field("From", phrase(told.title) + b" <" + office + b">"),
        field("To", office),
        field("Reply-To", b", ".join(answers)),
        field("Subject", written),
        b"Date: " + format_datetime(told.at).encode(),
        b"Message-ID: <" + told.message_id.encode() + b">",
        LOOP.encode() + b": " + office,
        b"Auto-Submitted: auto-generated",
        b"MIME-Version: 1.0",
    ]


def _enclosed(raw: bytes) -> tuple[bytes, ...]:
    if is_sendable(raw):
        way = b"7bit" if raw.isascii() else b"8bit"
        return b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: " + way, b"", raw
    name = b'Content-Disposition: attachment; filename="message.eml"'
    kind, way = b"Content-Type: application/octet-stream", b"Content-Transfer-Encoding: base64"
    return kind, way, name, b"", encodebytes(raw).replace(b"\n", END)
