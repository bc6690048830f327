"""The text and the files of a message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256

from intersession.lists.rules.charsets import decoded, unfolded
from intersession.lists.rules.plain import plain

FILES = 1000
"""More files than this are left to the raw mail."""
TEXT_LENGTH = 1_000_000
"""Characters of text kept for reading and finding; the raw mail keeps the rest."""

_UUENCODED = re.compile(
    r"^begin [0-7]{3,4} (\S[^\r\n]{0,200})\r?\n(?:[ -`]{1,62}\r?\n)+?(?:`|\s)?\r?\n?end[ \t]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file in a message: `position` counts the parts of the message that are files, from 0."""

    position: int
    name: str
    type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a message, its charset as declared, and its files."""

    text: str
    is_flowed: bool
    charset: str
    files: tuple[Attached, ...] = ()


def body_of(message: Message) -> Body:
    """Read the text a person wrote, from plain text where there is some, else from HTML."""
    texts: list[Message] = []
    pages: list[Message] = []
    files: list[Attached] = []
    for part in leaves(message):
        kind = part.get_content_type()
        if is_file(part, kind):
            if len(files) < FILES:
                files.append(_attached(len(files), part, kind))
        elif kind == "text/html":
            pages.append(part)
        else:
            texts.append(part)
    text = "\n".join(filter(str.strip, map(_text, texts)))
    if not text and pages:
        text = "\n".join(plain(_text(page)) for page in pages)
    first = (texts or pages or [message])[0]
    return Body(
        text=_UUENCODED.sub(r"[\1]", text[:TEXT_LENGTH]) if "\nend" in text else text[:TEXT_LENGTH],
        is_flowed="flowed" in str(first.get("content-type", "")).lower(),
        charset=str(first.get_param("charset") or ""),
        files=tuple(files),
    )


def leaves(message: Message) -> Iterator[Message]:
    """Walk the parts that are not made of parts, in order, however deep; enclosed mail is one."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inside = part.get_payload()
        if isinstance(inside, list) and part.get_content_maintype() != "message":
            waiting.extend(item for item in reversed(inside) if isinstance(item, Message))
        else:
            yield part


def is_file(part: Message, kind: str) -> bool:
    """Test whether a part is a file to be fetched, and not text to be read."""
    if "content-disposition" in part:
        if str(part["content-disposition"]).lstrip().lower().startswith("attachment"):
            return True
    elif "content-type" not in part:
        return False
    if not kind.startswith(("text/", "multipart/")) or kind in ("text/calendar", "text/x-vcard"):
        return True
    return kind not in ("text/html", "text/plain") and part.get_filename() is not None


def content(part: Message) -> bytes:
    """Return the bytes of a part as they were before encoding; of enclosed mail, the mail."""
    inside = part.get_payload()
    if isinstance(inside, list):
        return b"".join(item.as_bytes() for item in inside[:1] if isinstance(item, Message))
    octets = part.get_payload(decode=True)
    return octets if isinstance(octets, bytes) else b""


def file_at(message: Message, position: int) -> bytes | None:
    """Return the bytes of a file by its position, None where there is none."""
    files = (part for part in leaves(message) if is_file(part, part.get_content_type()))
    for place, part in enumerate(files):
        if place == position:
            return content(part)
    return None


def _text(part: Message) -> str:
    octets = part.get_payload(decode=True)
    if not isinstance(octets, bytes):
        return ""
    return decoded(octets, str(part.get_param("charset") or "utf-8")).replace("\r\n", "\n")


def _attached(position: int, part: Message, kind: str) -> Attached:
    octets = content(part)
    name = unfolded(str(part.get_filename() or ""))
    return Attached(
        position=position,
        name=name.rpartition("/")[2].rpartition("\\")[2][:200],
        type=kind[:120],
        size=len(octets),
        sha256=sha256(octets).hexdigest(),
    )
