"""One raw message read as what it says. Reads anything, raises nothing."""

from dataclasses import dataclass, field
from datetime import datetime

from intersession.lists.rules import identity
from intersession.lists.rules.bodies import Attached, body_of
from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.headers import (
    ellipsed,
    envelope_moment,
    is_obscured,
    masked,
    moment,
    writer,
)
from intersession.lists.rules.mime import Part, part_of

SUBJECT_LENGTH = 300
NAME_LENGTH = 200

_WRITTEN = (
    "message-id", "from", "sender", "reply-to", "to", "cc", "subject", "date", "in-reply-to",
    "references", "content-type", "content-transfer-encoding",
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
    has_layout: bool = False


def parsed(raw: bytes, *, envelope: str = "", latest: datetime) -> Parsed:
    """
    Read a raw message. Addresses in its text, names and subject are masked.

    `envelope` is the From line of its mailbox; `latest` the moment it was taken in, after which
    it cannot have been written.
    """
    message = part_of(raw)
    fields = message.fields
    content = identity.content_digest((fields.get(name, "") for name in _WRITTEN), message.body)
    sender = fields.get("from") or fields.get("sender", "")
    hidden = is_obscured(sender)
    body = body_of(message)
    name, address = writer(sender)
    at, dated_by = _when(message, envelope, latest)
    return Parsed(
        message_id=identity.message_id(fields.get("message-id", "")) or identity.made_id(content),
        content=content,
        subject=ellipsed(
            masked(unfolded(fields.get("subject", ""))[:SUBJECT_LENGTH], obscured=hidden)
        )[:SUBJECT_LENGTH],
        name=ellipsed(masked(name, obscured=hidden))[:NAME_LENGTH],
        address=address,
        at=at,
        dated_by=dated_by,
        references=identity.references(fields.get("references", ""), fields.get("in-reply-to", "")),
        text=masked(body.text, obscured=hidden),
        is_flowed=body.is_flowed,
        declared=fields.get("content-language", "") or body.charset,
        files=body.files,
        has_layout=body.has_layout,
    )


def _when(message: Part, envelope: str, latest: datetime) -> tuple[datetime, str]:
    if at := moment(message.fields.get("date", ""), latest=latest):
        return at, "date"
    for received in [value for name, value in message.every if name == "received"][:50]:
        if at := moment(received.rpartition(";")[2].strip(), latest=latest):
            return at, "received"
    if at := envelope_moment(envelope, latest=latest):
        return at, "envelope"
    return latest, "arrival"
