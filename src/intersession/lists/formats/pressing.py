"""A raw message made ready for its rows: read, rendered, told apart, analysed, deflated."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from isal.isal_zlib import compress

from intersession.lists.rules import identity
from intersession.lists.rules.bodies import Attached
from intersession.lists.rules.language import language
from intersession.lists.rules.parsing import Parsed, parsed
from intersession.lists.rules.rendering import LAYOUT, read
from intersession.lists.rules.subjects import forwards
from intersession.search.rules import Terms, analyse

LEVEL = 3
"""Of deflation (RFC 1950): zlib takes twice as long, to save two or three bytes in a hundred."""


class Pressed(NamedTuple):
    """A message ready to be stored. A named tuple, because thousands a second pass a pipe."""

    message_id: str
    permalink: str
    node: int
    references: tuple[int, ...]
    content: bytes
    subject: str
    name: str
    address: str
    at: datetime
    dated_by: str
    language: str
    fragment: bytes
    raw: bytes
    size: int
    files: tuple[Attached, ...]
    terms: Terms


def press(raw: bytes, envelope: str, latest: datetime) -> Pressed:
    """Make one raw message ready."""
    return press_read(raw, parsed(raw, envelope=envelope, latest=latest))


def press_read(raw: bytes, mail: Parsed) -> Pressed:
    """Make a message ready that was read already."""
    link = identity.permalink(mail.message_id)
    own = identity.node_of(mail.message_id)
    tongue = language(mail.text, mail.declared)
    references = dict.fromkeys(map(identity.node_of, mail.references))
    references.pop(own, None)
    html, own_words = read(mail.text, is_flowed=mail.is_flowed)
    html += LAYOUT if mail.has_layout else ""
    words = mail.text if forwards(mail.subject) else own_words
    return Pressed(
        message_id=mail.message_id,
        permalink=link,
        node=own,
        references=tuple(references),
        content=mail.content,
        subject=mail.subject,
        name=mail.name,
        address=mail.address,
        at=mail.at,
        dated_by=mail.dated_by,
        language=tongue,
        fragment=compress(html.encode(), LEVEL),
        raw=compress(raw, LEVEL),
        size=len(raw),
        files=mail.files,
        terms=analyse(mail.subject, words, mail.name, tongue),
    )


def press_all(batch: Sequence[tuple[bytes, str]], latest: datetime) -> list[Pressed | str]:
    """Make a batch of (raw, From line) ready; a sentence in the place of one that cannot be."""
    return [_pressed(raw, envelope, latest) for raw, envelope in batch]


def _pressed(raw: bytes, envelope: str, latest: datetime) -> Pressed | str:
    try:
        return press(raw, envelope, latest)
    except Exception as problem:  # one message must never stop an archive
        return f"It cannot be read ({type(problem).__name__})."
