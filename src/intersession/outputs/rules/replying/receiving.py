"""The text of a reply out of its mail."""

import re
from dataclasses import dataclass

from intersession.lists.rules.bodies import body_of, is_file
from intersession.lists.rules.headers import writer
from intersession.lists.rules.mime import Part, leaves, part_of
from intersession.lists.rules.robots import auto_submitted, is_auto_reply, is_from_server

LARGEST = 4_000_000
"""Bytes of a mail that are read."""
_NO = frozenset(["", "no"])
_DELSP = re.compile(r"delsp\s*=\s*\"?yes", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """
    The text of a reply, who says they wrote it, and whether a machine did.

    `is_flowed` says that lines ending in a blank go on (RFC 3676); `joins` that this blank is
    not part of the text (`DelSp=yes`).
    """

    text: str
    name: str = ""
    is_flowed: bool = False
    joins: bool = False
    is_automatic: bool = False


def reply_of(raw: bytes) -> Reply:
    """
    Take the text out of a mail: its plain part, else its HTML as text with quotes marked.

    A mail that came through a list is read as any other; automatic replies and reports of mail
    servers (RFC 3834, RFC 3464) are marked as such. Nothing raises.
    """
    message = part_of(raw[:LARGEST])
    body = body_of(message)
    first = next((part for part in leaves(message) if not is_file(part, part.kind)), message)
    fields = message.fields
    return Reply(
        text=body.text,
        name=writer(fields.get("from", ""))[0],
        is_flowed=body.is_flowed and first.kind == "text/plain",
        joins=_DELSP.search(first.fields.get("content-type", "")) is not None,
        is_automatic=_is_automatic(message),
    )


def _is_automatic(message: Part) -> bool:
    # Not `is_automatic` of lists: a reply that a list passed on has the fields of the list.
    fields = message.fields
    return auto_submitted(fields) not in _NO or is_from_server(fields) or is_auto_reply(fields)
