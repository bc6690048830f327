"""What a published version says, as plain values: enough to write every format of it."""

from dataclasses import dataclass
from datetime import datetime

from intersession.decisions.rules import Count, Row

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
AGREE, DIFFER = ("s", "l"), ("c", "o")
"""The marks of the positions that agree and of those that differ; `a` is neither."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered paragraph: its kind, depth, Markdown and HTML, as `kit.markdown` made them."""

    number: str
    kind: str
    level: int
    source: str
    html: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A minority statement; `places` are the paragraphs it speaks of, none for the whole text."""

    label: str
    source: str
    html: str
    language: str
    places: tuple[str, ...]
    authors: tuple[str, ...]
    filed_at: datetime | None
    url: str
    written_on: int
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Who stood where when the coalition determined its consensus. N is `voices`.

    `observers` are counted apart; `url` is the record of the call.
    """

    level: str
    summary: str
    counts: tuple[Count, ...]
    voices: int
    asked: int
    silent: int
    silence_counts: bool
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    url: str
    determined_at: datetime
    observers: tuple[Count, ...] = ()

    def side(self, marks: tuple[str, ...]) -> tuple[Count, ...]:
        """Return the counts of one side, those of nobody left out."""
        return tuple(count for count in self.counts if count.mark in marks and count.n)


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who worked on the text and is named."""

    name: str
    role: str
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """
    A published version. `number` is that of `v<number>`; `url` its permanent address.

    `state` says in words whether it is current; `declared_by` who declared that dissent was
    considered, `declared_at` when; `ledger` is the count of comments in one sentence.
    """

    title: str
    kind: str
    reference: str
    number: int
    state: str
    coalition: str
    published_at: datetime
    licence: str
    licence_name: str
    language: str
    url: str
    abstract: str
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    standing: Standing | None
    declared_by: str
    declared_at: datetime
    ledger: str
    contributors: tuple[Author, ...]
    keywords: tuple[str, ...] = ()
    is_agreed: bool = True
    is_sample: bool = False

    @property
    def cited(self) -> str:
        """Return the reference with its version, as `DC3-2026-01 v1`."""
        return f"{self.reference} v{self.number}"

    @property
    def is_rtl(self) -> bool:
        """Test whether the text runs from right to left."""
        return self.language.partition("-")[0] in RIGHT_TO_LEFT

    def statements_on(self, number: str) -> tuple[Statement, ...]:
        """Return the statements to print beside a paragraph: those of which it is the first."""
        return tuple(one for one in self.statements if number and one.places[:1] == (number,))

    def statements_on_the_whole(self) -> tuple[Statement, ...]:
        """Return the statements on the whole, and those whose paragraph is no longer here."""
        here = {passage.number for passage in self.passages}
        return tuple(one for one in self.statements if not here & set(one.places[:1]))
