"""One raw message read as what it says. Reads anything, raises nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser

from intersession.lists.rules import identity
from intersession.lists.rules.bodies import Attached, Body, body_of
from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.headers import (
    envelope_moment,
    is_obscured,
    masked,
    moment,
    writer,
)

SUBJECT_LENGTH = 300
NAME_LENGTH = 200

_PARSER: "BytesParser[Message]" = BytesParser(policy=policy.compat32)
_WRITTEN = (
    "from", "sender", "reply-to", "to", "cc", "subject", "date", "in-reply-to", "references",
    "content-type", "content-transfer-encoding",
)  # fmt: skip
"""The fields that are the author's; the others are added on the way."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a message says. Times are UTC; `content` is the digest of what its author wrote."""

    message_id: str
    content: bytes
    subject: str
    name: str
    address: str
    at: datetime
    dated_by: str
    references: tuple[str, ...]
    text: str
    is_flowed: bool
    declared: str
    files: tuple[Attached, ...] = field(default=())


def parsed(raw: bytes, *, envelope: str = "", latest: datetime) -> Parsed:
    """
    Read a raw message. Addresses in its text, names and subject are masked.

    `envelope` is the From line of its mailbox; `latest` the moment it was taken in, after which
    it cannot have been written.
    """
    message = tree(raw)
    fields = first_fields(message)
    content = identity.content_digest(
        [fields.get("message-id", ""), *(fields.get(name, "") for name in _WRITTEN)], _body(raw)
    )
    sender = fields.get("from") or fields.get("sender", "")
    hidden = is_obscured(sender)
    body = _safe_body(message, raw)
    name, address = writer(sender)
    at, dated_by = _when(message, fields, envelope, latest)
    return Parsed(
        message_id=identity.message_id(fields.get("message-id", "")) or identity.made_id(content),
        content=content,
        subject=masked(unfolded(fields.get("subject", ""))[:SUBJECT_LENGTH], obscured=hidden),
        name=name[:NAME_LENGTH],
        address=address,
        at=at,
        dated_by=dated_by,
        references=identity.references(fields.get("references", ""), fields.get("in-reply-to", "")),
        text=masked(body.text, obscured=hidden),
        is_flowed=body.is_flowed,
        declared=fields.get("content-language", "") or body.charset,
        files=body.files,
    )


def tree(raw: bytes) -> Message:
    """Read a raw message as the standard library's tree; headers alone where parts defy it."""
    try:
        return _PARSER.parsebytes(raw)
    except (MessageError, RecursionError, ValueError, TypeError, AttributeError, LookupError):
        return _PARSER.parsebytes(raw, headersonly=True)


def first_fields(message: Message) -> Mapping[str, str]:
    """Return the first value of each field, by its name in small letters, as it was written."""
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), str(value))
    return found


def _body(raw: bytes) -> bytes:
    head, _, body = raw.partition(b"\n\n")
    if (cut := raw.find(b"\r\n\r\n", 0, len(head))) >= 0:
        return raw[cut + 4 :]
    return body


def _safe_body(message: Message, raw: bytes) -> Body:
    try:
        return body_of(message)
    except (RecursionError, MessageError, ValueError, TypeError, AttributeError, LookupError):
        return Body(text=_body(raw).decode("utf-8", "replace"), is_flowed=False, charset="")


def _when(
    message: Message, fields: Mapping[str, str], envelope: str, latest: datetime
) -> tuple[datetime, str]:
    if at := moment(fields.get("date", ""), latest=latest):
        return at, "date"
    for received in message.get_all("received", [])[:50]:
        if at := moment(str(received).rpartition(";")[2].strip(), latest=latest):
            return at, "received"
    if at := envelope_moment(envelope, latest=latest):
        return at, "envelope"
    return latest, "arrival"
