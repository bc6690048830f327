"""A digest of whole messages: a text with the contents, then multipart/digest (RFC 2046, 5.1.5)."""

import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from intersession.lists.rules.digesting.editions import (
    END,
    LARGEST,
    Edition,
    Enclosed,
    Entry,
    Words,
    contents,
    head,
    octets,
    shortened,
)

KEPT = frozenset(
    {
        "from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to",
        "references", "keywords", "summary", "comments", "mime-version",
    }
)  # fmt: skip
"""Fields of an enclosed post that stay, besides `Content-`: its author's, none of the way's."""

LINE = 998
"""Octets of a line of mail at most; servers cut longer ones, and signatures break."""

_LINE_END = re.compile(rb"\r\n|\r|\n")
_ENVELOPE = (b"From ", b">From ")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")


def whole(
    edition: Edition,
    entries: Sequence[Entry],
    fetch: Callable[[Entry], Enclosed],
    words: Words,
) -> Iterator[bytes]:
    """Write a digest piece by piece; only one post is held at a time."""
    outer, inner = _boundary(edition, "mixed"), _boundary(edition, "digest")
    yield head(
        edition,
        words,
        f'Content-Type: multipart/mixed; boundary="{outer}"',
        "Content-Transfer-Encoding: 8bit",
    )
    yield _lines(
        f"--{outer}",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "Content-Disposition: inline",
        "",
    )
    yield octets(f"{words.preface.strip()}\n\n{words.contents.strip()}\n\n")
    for place, entry in enumerate(entries, 1):
        yield octets(contents(entry, place))
    yield _lines(
        "",
        f"--{outer}",
        f'Content-Type: multipart/digest; boundary="{inner}"',
        "Content-Transfer-Encoding: 8bit",
        "",
    )
    room = LARGEST
    for entry in entries:
        post = fetch(entry)
        fits = len(post.raw) <= room
        room -= len(post.raw) if fits else 0
        fields, body = _divided(_LINE_END.sub(END, post.raw))
        fields = [one for one in fields if is_sendable(one)]
        if not fits or not is_sendable(body):
            fields, body = _beginning(fields, shortened(post, entry, words))
        yield from _part(inner, entry, fields, body)
    yield _lines(f"--{inner}--", "", f"--{outer}--")


def is_sendable(raw: bytes) -> bool:
    """Test whether mail may hold these bytes: no NUL, no line over 998 octets (RFC 5322, 2.1.1)."""
    return b"\0" not in raw and all(len(line) <= LINE for line in raw.split(END))


def _lines(*lines: str) -> bytes:
    return END.join(line.encode() for line in (*lines, ""))


def _boundary(edition: Edition, kind: str) -> str:
    """Make a boundary that no post can hold, because none knows the digest's Message-ID."""
    return "=_" + sha256(f"{kind} {edition.message_id}".encode()).hexdigest()[:40]


def _beginning(fields: list[bytes], text: str) -> tuple[list[bytes], bytes]:
    """Write a message with a text in place of its body."""
    kept = [one for one in fields if not one.lower().startswith((b"content-", b"mime-version"))]
    content = _lines(
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return [*kept, content], octets(text)


def _part(boundary: str, entry: Entry, fields: list[bytes], body: bytes) -> Iterator[bytes]:
    """Write a post as it was written, its body untouched but for line ends of mail."""
    way = "7bit" if body.isascii() and all(one.isascii() for one in fields) else "8bit"
    yield _lines(
        f"--{boundary}", "Content-Type: message/rfc822", f"Content-Transfer-Encoding: {way}", ""
    )
    # Where the post really is (RFC 5064): this address exists.
    yield _lines(f"Archived-At: <{entry.url}>")
    yield b"".join(fields)
    yield END
    yield body
    yield END  # belongs to the boundary that follows (RFC 2046, 5.1.1)


def _divided(raw: bytes) -> tuple[list[bytes], bytes]:
    """Cut a message into the fields that stay, folding and all, and its body."""
    fields: list[bytes] = []
    stays, place = None, 0
    while place < len(raw):
        end = raw.find(END, place)
        end = len(raw) if end < 0 else end + len(END)
        line = raw[place:end]
        if line == END:
            return fields, raw[end:]
        if found := _FIELD.match(line):
            name = found[1].decode().lower()
            stays = name in KEPT or name.startswith("content-")
        elif stays is None and line.startswith(_ENVELOPE):
            line = b""
        elif stays is None or not line.startswith((b" ", b"\t")):
            return fields, raw[place:]
        if stays and line:
            fields.append(line if line.endswith(END) else line + END)
        place = end
    return fields, b""
