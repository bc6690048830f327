"""
Reports of mail that did not arrive, read from their bytes (RFC 3464, 5965, 3834).

Standard reports first, then complaints, then automatic replies, which are no bounces, and last
the heuristics of flufl.bounce for servers that keep no standard. Nothing here raises.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from enum import StrEnum

from flufl.bounce import all_failures

from intersession.lists.rules import identity
from intersession.lists.rules.addresses import is_address
from intersession.lists.rules.bodies import body_of
from intersession.lists.rules.bouncing import Kind, kind_of
from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.mime import Part, leaves, part_of
from intersession.lists.rules.robots import auto_submitted, is_auto_reply, is_from_server

LARGEST = 256 * 1024
"""Bytes that are read: reports stand at the top, what follows is our own mail coming back."""
RECIPIENTS = 1_000
"""Recipients of one report that are read; ours have one each."""
PARTS = 100
"""Parts that are read; what has more is no report."""
DIAGNOSTIC = 500
"""Signs of a diagnostic that are kept."""
NEAR = 600
"""Signs after an address in which a server without a standard says why."""

# It writes the trace of each mail that it cannot read, which anybody can send, and then raises.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)

_EIGHT = re.compile(rb"[\x80-\xff]")
_ENDS = re.compile(r"\n[ \t]*\n|\n-{3}")
_BLANK = re.compile(rb"\r?\n(?:[ \t]*\r?\n)+")
_COMPLAINTS = frozenset(
    ["abuse", "fraud", "virus", "other", "opt-out", "opt-out-list", "miscategorized"]
)
_STATUS = frozenset(["message/delivery-status", "message/global-delivery-status"])
_RETURNED = frozenset(
    [
        "message/rfc822",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global",
        "message/global-headers",
    ]
)


class Read(StrEnum):
    """How a report was understood."""

    STATUS = "status"
    COMPLAINT = "complaint"
    AUTO_REPLY = "auto_reply"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Recipient:
    """What a report says about one address, which is empty where it is not told."""

    address: str
    kind: Kind
    action: str = ""
    status: str = ""
    diagnostic: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: how it was read, about whom, and of the mail it is about what it tells."""

    read: Read
    recipients: tuple[Recipient, ...]
    message_id: str = ""
    return_path: str = ""
    envelope_id: str = ""


def read_bounce(raw: bytes) -> Report | None:
    """Read what came to a return path; None for mail that is no report at all."""
    raw = raw[:LARGEST]
    message = part_of(raw)
    parts = [part for part, _ in zip(leaves(message), range(PARTS), strict=False)]
    return (
        _status_report(parts)
        or _complaint(parts)
        or _reply(message, parts)
        or _guessed(raw, message, parts)
        or _generated(message)
    )


def _status_report(parts: list[Part]) -> Report | None:
    told: list[Mapping[str, str]] = []
    first: Mapping[str, str] = {}
    for block in _status_blocks(parts):
        if "final-recipient" in block or "original-recipient" in block:
            told.append(block)
        else:
            first = first or block
    recipients = tuple(map(_recipient, told[:RECIPIENTS]))
    if not recipients:
        return None
    message_id, return_path = _returned(parts)
    return Report(
        Read.STATUS,
        recipients,
        message_id=message_id,
        return_path=return_path or _address(first.get("x-postfix-sender", "")),
        envelope_id=unfolded(first.get("original-envelope-id", ""))[:200],
    )


def _status_blocks(parts: list[Part]) -> Iterator[Mapping[str, str]]:
    """Give the groups of fields of the reports, divided by blank lines (RFC 3464, 2.1.1)."""
    for part in parts:
        if part.kind in _STATUS:
            for block in _BLANK.split(part.octets().strip(), maxsplit=RECIPIENTS + 1):
                yield part_of(block + b"\n").fields


def _recipient(block: Mapping[str, str]) -> Recipient:
    action = unfolded(block.get("action", "")).partition(" ")[0].lower()[:20]
    status = unfolded(block.get("status", ""))[:60]
    diagnostic = unfolded(block.get("diagnostic-code", "")[: 4 * DIAGNOSTIC])[:DIAGNOSTIC]
    address = _address(block.get("original-recipient", ""))
    return Recipient(
        address=address or _address(block.get("final-recipient", "")),
        kind=kind_of(status, diagnostic, action),
        action=action,
        status=status,
        diagnostic=diagnostic,
    )


def _address(field: str) -> str:
    """Read `rfc822; ann@example.org` and what servers make of it; empty for no address."""
    text = unfolded(field[:1_000])
    address = text.rpartition(";")[2].strip().strip("<>").strip().lower()
    return address[:254] if "@" in address.strip("@") and " " not in address else ""


def _returned(parts: list[Part]) -> tuple[str, str]:
    """Read the Message-ID and the return path of the mail that came back with its report."""
    for part in parts:
        if part.kind in _RETURNED:
            fields = part_of(part.octets()).fields
            found = identity.message_id(fields.get("message-id", ""))
            return found, _address(fields.get("return-path", ""))
    return "", ""


def _complaint(parts: list[Part]) -> Report | None:
    for part in parts:
        if part.kind == "message/feedback-report":
            block = part_of(part.octets() + b"\n")
            said = unfolded(block.fields.get("feedback-type", "")).lower()[:40]
            # `not-spam` and reports about authentication (RFC 6591) are no complaints.
            kind = Kind.COMPLAINT if said in _COMPLAINTS else Kind.ARRIVED
            named = [_address(value) for name, value in block.every if name == "original-rcpt-to"]
            message_id, return_path = _returned(parts)
            sender = _address(block.fields.get("original-mail-from", ""))
            return Report(
                Read.COMPLAINT,
                tuple(Recipient(address, kind, said) for address in named[:RECIPIENTS] or [""]),
                message_id=message_id,
                return_path=sender or return_path,
            )
    return None


def _reply(message: Part, parts: list[Part]) -> Report | None:
    """Recognize an automatic reply, and the receipt of a reader's program (RFC 8098)."""
    is_receipt = any(part.kind == "message/disposition-notification" for part in parts)
    return _auto_reply(message) if is_receipt or is_auto_reply(message.fields) else None


def _auto_reply(message: Part) -> Report:
    answered = message.fields.get("in-reply-to") or message.fields.get("references", "")
    return Report(
        Read.AUTO_REPLY,
        (Recipient("", Kind.AUTO_REPLY),),
        message_id=identity.message_id(answered),
    )


def _generated(message: Part) -> Report | None:
    """Take what a program sent and nothing could read for an automatic reply."""
    return _auto_reply(message) if auto_submitted(message.fields) == "auto-generated" else None


def _guessed(raw: bytes, message: Part, parts: list[Part]) -> Report | None:
    if len(parts) == PARTS:
        return None
    try:
        # Its detectors raise on raw 8-bit fields, of which an address has none.
        temporary, permanent = all_failures(message_from_bytes(_EIGHT.sub(b"?", raw)))
    except Exception:  # the library and the parser below it raise on hostile mail
        return None
    text = body_of(message).text
    guesses = [
        *(_guess(octets, text, "delayed") for octets in sorted(temporary)),
        *(_guess(octets, text, "failed") for octets in sorted(permanent)),
    ]
    is_server = is_from_server(message.fields)
    found = [
        one
        for one in guesses
        if is_address(one.address) and (is_server or one.kind is not Kind.UNKNOWN)
    ]
    if not found:
        return None
    message_id, return_path = _returned(parts)
    return Report(
        Read.GUESSED, tuple(found[:RECIPIENTS]), message_id=message_id, return_path=return_path
    )


def _guess(octets: bytes, text: str, action: str) -> Recipient:
    address = octets.decode("utf-8", "replace").lower()[:254]
    place = max(0, text.lower().find(address))
    # The mail that came back follows; its words are not the server's.
    near = unfolded(_ENDS.split(text[place : place + NEAR])[0])[:DIAGNOSTIC]
    return Recipient(address, kind_of("", near, action), action, "", near)
