"""A digest as one plain text, as readers and programs have known it since 1990 (RFC 1153)."""

from collections.abc import Callable, Iterator, Sequence

from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.composing.words import plain
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
from intersession.lists.rules.mime import part_of

PREAMBLE = "-" * 70
SEPARATOR = "-" * 30
KEPT = ("Date", "From", "To", "Cc", "Subject", "Message-ID", "Keywords", "Summary")
"""The fields that stay, in this order; all others go."""
FIELD_LENGTH = 4_000
"""Signs of one field that are shown; three hundred addresses are not read."""


def flat(
    edition: Edition,
    entries: Sequence[Entry],
    fetch: Callable[[Entry], Enclosed],
    words: Words,
) -> Iterator[bytes]:
    """Write a digest piece by piece; only one post is held at a time."""
    yield head(
        edition,
        words,
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    yield octets(f"{words.preface.strip()}\n\n{words.contents.strip()}\n\n")
    for place, entry in enumerate(entries, 1):
        yield octets(contents(entry, place))
    yield octets(f"\n{PREAMBLE}\n\n")
    room = LARGEST
    for entry in entries:
        post = fetch(entry)
        fits = len(post.text) <= room
        room -= len(post.text) if fits else 0
        yield _enclosed(post.raw, post.text if fits else shortened(post, entry, words))
        yield octets(f"\n\n{SEPARATOR}\n\n")
    last = f"End of {plain(edition.name)} Digest Vol {edition.volume}, Issue {edition.issue}"
    yield octets(f"{last}\n{'*' * len(last)}\n")


def _enclosed(raw: bytes, text: str) -> bytes:
    fields = part_of(raw).fields
    shown = [_field(name, fields.get(name.lower(), "")) for name in KEPT]
    return END.join([*filter(None, shown), b"", octets(_body(text))])


def _field(name: str, value: str) -> bytes:
    """
    Write a field as it stands; encoded words are read, as nobody reads them in a text.

    Continued lines stay continued.
    """
    if not value.strip():
        return b""
    value = value[:FIELD_LENGTH].rstrip()
    if value.isascii() and "=?" not in value:
        lines = [line for line in value.replace("\r", "").split("\n") if line.strip()]
        return octets(f"{name}: " + "\n".join(lines))
    return octets(f"{name}: {unfolded(value)}").replace(END, END + b" ")


def _body(text: str) -> str:
    """Take blank lines off both ends, and hide lines that look like separators (RFC 1153)."""
    lines = text.replace("\r\n", "\n").split("\n")
    first = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    while len(lines) > first and not lines[-1].strip():
        lines.pop()
    kept = lines[first:]
    return "\n".join(" " + line[1:] if line == SEPARATOR else line for line in kept)
