"""What a digest is made of: its head, its entries, and the words of a language."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from enum import StrEnum

from intersession.lists.rules.charsets import clean
from intersession.lists.rules.composing.words import encoded, field, phrase, plain
from intersession.lists.rules.judging.reading import DIGEST

END = b"\r\n"
"""How lines end in mail."""
LONGEST = 220
"""Signs of a line of text; 998 octets are the limit (RFC 5322, 2.1.1), a sign has up to four."""


LARGEST = 5_000_000
"""Bytes of posts that go in whole: mail servers take ten million (Postfix), some fewer."""
SHORTENED = 20_000
"""Signs of a post that has no room; its address in the archive follows."""


class Style(StrEnum):
    """The form of a digest: whole messages (RFC 2046, 5.1.5), or one plain text (RFC 1153)."""

    MIME = "mime"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Words:
    """
    What a digest says in its reader's language, whole sentences, already translated.

    `subject` names the list, the word Digest, volume and issue (RFC 1153); `preface` says what
    this is, for which days in whose zone, and how to answer a single post; `shortened` stands
    below a post too large for a digest, before the address where all of it is.
    """

    subject: str
    preface: str
    contents: str
    shortened: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A post as its line in the table of contents; `number` is the post's in its list."""

    number: int
    subject: str
    name: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A post with its bytes and its text, fetched when its turn comes."""

    raw: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """
    One digest: of which list, from and to whom, and its number.

    `name` is the list's short name. `fields` are ready fields of mail about the list (List-Id and
    the others), without line ends. `message_id`, with its brackets, cannot be guessed by those
    who post: the boundary of the parts comes from it.
    """

    name: str
    title: str
    sender: str
    to: str
    message_id: str
    at: datetime
    volume: int
    issue: int
    reply_to: str = ""
    language: str = ""
    fields: tuple[bytes, ...] = ()


def message_id(issue: int, secret: str, host: str) -> str:
    """
    Name a digest, with brackets, so that an answer to it is known and held.

    `secret` is of small letters and digits, that nobody can guess, new for each digest.
    """
    return f"<{DIGEST}{issue}.{secret}@{host}>"


def head(edition: Edition, words: Words, *content: str) -> bytes:
    """
    Write the fields of a digest; `content` are those of its body.

    It has no Archived-At: the posts are in the archive, the digest is not.
    """
    sender = phrase(edition.title) + b" <" + edition.sender.encode() + b">"
    lines = [
        field("From", sender.lstrip()),
        field("To", edition.to.encode()),
        field("Subject", _subject(words.subject)),
        b"Date: " + format_datetime(edition.at).encode(),
        b"Message-ID: " + edition.message_id.encode(),
        b"MIME-Version: 1.0",
        b"Auto-Submitted: auto-generated",
    ]
    lines += [field("Reply-To", edition.reply_to.encode())] if edition.reply_to else []
    lines += [field("Content-Language", edition.language.encode())] if edition.language else []
    return END.join([*lines, *(line.encode() for line in content), *edition.fields, b"", b""])


def _subject(text: str) -> bytes:
    text = plain(text)
    return text.encode() if text.isascii() and "=?" not in text else b" ".join(encoded(text))


def contents(entry: Entry, place: int) -> str:
    """Write a line of the table of contents, and below it where the post is in the archive."""
    name = f" ({plain(entry.name)})" if entry.name else ""
    return f"{place:4}. {plain(entry.subject, most=300)}{name}\n      {entry.url}\n"


def shortened(post: Enclosed, entry: Entry, words: Words) -> str:
    """Return the beginning of a post that has no room in a digest, and where all of it is."""
    return f"{post.text[:SHORTENED].rstrip()}\n\n{words.shortened.strip()}\n{entry.url}\n"


def octets(text: str) -> bytes:
    """Write text as lines of mail in UTF-8, long ones divided."""
    # A bare CR would end a line for some servers and not for others.
    lines = clean(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return END.join(piece.encode("utf-8", "replace") for line in lines for piece in _pieces(line))


def _pieces(line: str) -> list[str]:
    pieces = []
    while len(line) > LONGEST:
        cut = line.rfind(" ", 1, LONGEST) + 1 or LONGEST
        pieces.append(line[:cut].rstrip(" "))
        line = line[cut:]
    return [*pieces, line]
