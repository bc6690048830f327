"""What goes into the reading of a reply, and what comes out. Plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Paragraph:
    """
    A paragraph of a draft: its key for ever, its number in this version, its words.

    `kind` is as in `kit.markdown`; a heading is mailed without its number. `of` is the key of the
    paragraph a footnote belongs to, empty where that is not known.
    """

    key: str
    number: str
    text: str
    kind: str = "paragraph"
    of: str = ""

    @property
    def mark(self) -> str:
        """The number as the mail shows it, in brackets; empty for a heading."""
        return f"[{self.number}]" if self.number and self.kind != "heading" else ""


@dataclass(frozen=True, slots=True)
class Draft:
    """
    A version of a draft as it was mailed: what stood before the text, the paragraphs, what after.

    `before` and `after` are the letter around the text. They tell our words from those of the
    person where a mail program marks no quotes, so they should be given.
    """

    number: int
    paragraphs: tuple[Paragraph, ...]
    before: str = ""
    after: str = ""


class How(StrEnum):
    """How an answer found its paragraph."""

    NUMBER = "number"
    WORDS = "words"
    WHOLE = "whole"


class Role(StrEnum):
    """What a line of a reply is."""

    BLANK = "blank"
    OWN = "own"
    WORDING = "wording"
    QUOTED = "quoted"
    OTHER = "other"
    ATTRIBUTION = "attribution"
    SIGNATURE = "signature"
    FOOTER = "footer"
    DISCLAIMER = "disclaimer"
    COURTESY = "courtesy"
    AUTOMATIC = "automatic"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Line:
    """
    A line of a reply, its quote marks apart, what it is, and the piece it went into.

    `piece` is its place among the pieces, -1 for none. A line that holds both a copy of our text
    and an answer stands here twice with the same `number`, each part once.
    """

    number: int
    depth: int
    text: str
    role: Role
    piece: int = -1


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph that was answered: its key, and its number in the version that was quoted."""

    key: str
    number: str


@dataclass(frozen=True, slots=True)
class Piece:
    """
    What a person wrote in one place: a comment on `places`, on the whole text where there are none.

    `wording` is wording they suggest; where it stands for a part of the paragraph only, `replaces`
    is that part as it stands in the paragraph, else empty. `version` is that which was quoted, 0
    for none. `likeness` (0 to 100) says how much of what was quoted stands in the paragraphs; it
    is 100 where a number was written without any words. `quoted` is what was quoted, shortened.
    """

    text: str
    wording: str = ""
    replaces: str = ""
    places: tuple[Place, ...] = ()
    version: int = 0
    how: How = How.WHOLE
    likeness: float = 0.0
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Lines that went into no piece, and why."""

    text: str
    reason: Role


@dataclass(frozen=True, slots=True)
class Reading:
    """
    How a reply was read: its pieces in order, and every line with what it was taken for.

    `version` is the one that was quoted most, 0 where none was quoted.
    """

    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]
    version: int = 0
    is_automatic: bool = False

    @property
    def left_off(self) -> tuple[Left, ...]:
        """What was no comment and no quotation of the draft, in order, each with the reason."""
        return tuple(self._left())

    def _left(self) -> Iterator[Left]:
        told = (line for line in self.lines if line.role is not Role.BLANK)
        for role, run in groupby(told, key=lambda line: line.role):
            if role not in (Role.OWN, Role.WORDING, Role.QUOTED):
                yield Left("\n".join(line.text for line in run), role)
