"""The text and the files of a message."""

import re
from dataclasses import dataclass
from hashlib import sha256

from intersession.lists.rules.charsets import decoded
from intersession.lists.rules.mime import Part, leaves
from intersession.lists.rules.plain import plain

FILES = 1000
"""More files than this are left to the raw mail."""
POOR = 40
"""Signs of a text beside an HTML page that is rather an excuse for one."""
TEXT_LENGTH = 1_000_000
"""Characters of text kept for reading and finding; the raw mail keeps the rest."""

_UUENCODED = re.compile(
    r"^begin [0-7]{3,4} (\S[^\r\n]{0,200})\r?\n(?:[ -`]{1,62}\r?\n)+?(?:`|\s)?\r?\n?end[ \t]*$",
    re.MULTILINE,
)
_READ = frozenset(["text/plain", "text/html"])
_FILES = frozenset(["text/calendar", "text/x-vcard", "text/vcard"])


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
    """
    The text of a message, its charset as declared, and its files.

    `has_layout` says that it is worth more as the HTML it came in: beside that it had no text, or
    next to none.
    """

    text: str
    is_flowed: bool
    charset: str
    files: tuple[Attached, ...] = ()
    has_layout: bool = False


def body_of(message: Part) -> Body:
    """Read the text a person wrote, from plain text where there is some, else from HTML."""
    texts: list[Part] = []
    pages: list[Part] = []
    files: list[Attached] = []
    for part in leaves(message):
        kind = part.kind
        if is_file(part, kind):
            if len(files) < FILES:
                files.append(_attached(len(files), part, kind))
        else:
            (pages if kind == "text/html" else texts).append(part)
    text = "\n".join(filter(str.strip, map(_text, texts)))
    has_layout = bool(pages) and len(text) < POOR and max(map(_size, pages)) > 10 * POOR
    if not text and pages:
        text = "\n".join(plain(_text(page)) for page in pages)
    text = text[:TEXT_LENGTH]
    first = (texts or pages or [message])[0]
    return Body(
        text=_UUENCODED.sub(r"[\1]", text) if "\nend" in text else text,
        is_flowed="flowed" in first.fields.get("content-type", "").lower(),
        charset=first.charset,
        files=tuple(files),
        has_layout=has_layout,
    )


def is_file(part: Part, kind: str) -> bool:
    """Test whether a part is a file to be fetched, and not text to be read."""
    if part.is_attached:
        return True
    if kind in _READ:
        return False
    if kind.startswith(("text/", "multipart/")):
        return kind in _FILES or part.filename != ""
    return True


def file_at(message: Part, position: int) -> bytes | None:
    """Return the bytes of a file by its position, None where there is none."""
    files = (part for part in leaves(message) if is_file(part, part.kind))
    for place, part in enumerate(files):
        if place == position:
            return part.octets()
    return None


def _size(part: Part) -> int:
    return len(part.body)


def _text(part: Part) -> str:
    return decoded(part.octets(), part.charset or "utf-8").replace("\r\n", "\n")


def _attached(position: int, part: Part, kind: str) -> Attached:
    octets = part.octets()
    return Attached(
        position=position,
        name=part.filename[:200],
        type=kind[:120],
        size=len(octets),
        sha256=sha256(octets).hexdigest(),
    )
