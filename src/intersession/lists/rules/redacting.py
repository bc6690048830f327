"""A message made anew without what is taken out of it; the rest keeps its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from intersession.lists.rules.bodies import body_of, is_file
from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.composing.words import encoded, plain
from intersession.lists.rules.mime import Part, leaves, part_of

KEPT = ("Date", "Message-ID", "In-Reply-To", "References", "Subject")
"""What stays of the head beside who wrote it and ties it to its thread (decision 0060)."""
NOBODY = "Name removed <removed@redacted.invalid>"
REMOVED = "[removed]"

_KIND = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_SIGNATURE = re.compile(r"^--[ \t]*$.*\Z", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cut:
    """What is taken out: the text with every file, the writer (by these names), files by place."""

    body: bool = False
    names: Sequence[str] = ()
    files: frozenset[int] = frozenset()
    words: str = REMOVED


def without(raw: bytes, cut: Cut) -> bytes:
    """
    Write a message again without what is cut, and with nothing of its head but what ties it.

    Signatures of the message do not hold any more and are left out. Takes any bytes.
    """
    message = part_of(raw)
    made = EmailMessage(policy=SMTP.clone(linesep="\n"))
    text = cut.words if cut.body else _unsigned(body_of(message).text, cut.names)
    made.set_content(_clean(text), cte="quoted-printable")
    if not cut.body:
        found = (part for part in leaves(message) if is_file(part, part.kind))
        for place, part in enumerate(found):
            _attach(made, part, cut, place)
    return _head(message, cut) + made.as_bytes()


def _head(message: Part, cut: Cut) -> bytes:
    sender = NOBODY if cut.names else message.fields.get("from", "")
    kept = {"From": sender} | {name: message.fields.get(name.lower(), "") for name in KEPT}
    kept["Subject"] = _subject(kept["Subject"], cut.names)
    lines = (f"{name}: {value.rstrip()}\n" for name, value in kept.items() if value.strip())
    return "".join(lines).encode("ascii", "surrogateescape")


def _subject(written: str, names: Sequence[str]) -> str:
    """Take names out of a subject; one that has none of them stays as it is written."""
    said = unfolded(written)
    left = _nameless(said, names)
    return written if left == said else b"\n ".join(encoded(plain(left, most=900))).decode()


def _unsigned(text: str, names: Sequence[str]) -> str:
    """Take names out of a text, and its signature with them."""
    return _nameless(_SIGNATURE.sub("", text), names) if names else text


def _nameless(text: str, names: Sequence[str]) -> str:
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", REMOVED, text, flags=re.IGNORECASE)
    return text


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _attach(made: EmailMessage, part: Part, cut: Cut, place: int) -> None:
    if place in cut.files:
        made.add_attachment(cut.words.encode(), maintype="text", subtype="plain", filename=REMOVED)
        return
    kind = part.kind if _KIND.fullmatch(part.kind) else "application/octet-stream"
    main, _slash, sub = kind.partition("/")
    if main in ("multipart", "message"):
        main, sub = "application", "octet-stream"
    name = _CONTROL.sub("", part.filename)[:200] or f"file-{place}"
    made.add_attachment(part.octets(), maintype=main, subtype=sub, filename=name)


_MARK = re.compile(r"<!--x([a-z]+)\.([a-z]+)\.(\d{4}-\d\d-\d\d)-->")


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands in the place of what was taken out: what, why (codes), and the day (ISO 8601)."""

    what: str
    reason: str
    day: str


def marked(tombstones: Sequence[Tombstone], html: str) -> str:
    """Put marks of tombstones before the rendered text of a message."""
    return "".join(f"<!--x{one.what}.{one.reason}.{one.day}-->" for one in tombstones) + html


def tombstones_of(html: str) -> tuple[list[Tombstone], str]:
    """Take the marks of tombstones off a rendered text."""
    if not html.startswith("<!--x"):
        return [], html
    found: list[Tombstone] = []
    place = 0
    while mark := _MARK.match(html, place):
        found.append(Tombstone(*mark.groups()))
        place = mark.end()
    return found, html[place:]
