"""
The corpus: mails as programs send them, each with what a person reads in it.

`tuned/` is what the rules were made with. `held_out/` was written before they were tuned and is
only counted: no rule was changed for a mail in it. Everything is invented.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from intersession.outputs.rules.replying import Draft, Paragraph, Reading, read, reply_of

FOLDER = Path(__file__).parent
PARTS = ("tuned", "held_out")


@dataclass(frozen=True)
class Expected:
    """A comment as a person reads it: the paragraphs it is on, its words, suggested wording."""

    on: tuple[str, ...]
    text: str
    wording: str = ""

    def is_in(self, other: "Expected") -> bool:
        """Test whether another one is on the same paragraphs and says all of this."""
        said = Counter(f"{other.text} {other.wording}".split())
        return self.on == other.on and Counter(f"{self.text} {self.wording}".split()) <= said


@dataclass(frozen=True)
class Case:
    """A mail, the drafts it may quote, and what a person reads in it."""

    name: str
    part: str
    raw: bytes = field(repr=False)
    drafts: tuple[Draft, ...] = field(repr=False)
    version: int
    is_automatic: bool
    pieces: tuple[Expected, ...] = field(repr=False)

    def read(self) -> Reading:
        """Let the rules read it."""
        return read(reply_of(self.raw), self.drafts)


@dataclass
class Score:
    """
    How many comments were expected, how many made, and how many are just as expected.

    `inline` are those expected on paragraphs, `placed` those of them that are on these paragraphs.
    """

    expected: int = 0
    made: int = 0
    right: int = 0
    inline: int = 0
    placed: int = 0
    lost: int = 0

    def add(self, case: Case, reading: Reading) -> None:
        """Count one mail. Lost is what stands in no comment and in nothing that was left off."""
        made = told(reading)
        right = [one for one in case.pieces if one in made]
        self.expected += len(case.pieces)
        self.made += len(made)
        self.right += len(right)
        self.inline += sum(bool(one.on) for one in case.pieces)
        self.placed += sum(bool(one.on) and any(map(one.is_in, made)) for one in case.pieces)
        kept = Counter(word for line in reading.lines for word in line.text.split())
        self.lost += sum(not Counter(one.text.split()) <= kept for one in case.pieces)


def told(reading: Reading) -> list[Expected]:
    """Return the comments of a reading as a person would have put them down."""
    return [
        Expected(
            tuple(place.number for place in piece.places), squeezed(piece.text),
            squeezed(piece.wording),
        )
        for piece in reading.pieces
    ]  # fmt: skip


def squeezed(text: str) -> str:
    """Return a text with single blanks: where its lines break is no matter."""
    return " ".join(text.split())


@cache
def drafts() -> dict[str, tuple[Draft, ...]]:
    """Return the drafts of the corpus by name, all versions of each."""
    found: dict[str, tuple[Draft, ...]] = {}
    for one in tomllib.loads((FOLDER / "drafts.toml").read_text())["draft"]:
        paragraphs = tuple(
            Paragraph(key, number, text, kind, *of)
            for key, number, kind, text, *of in one["paragraphs"]
        )
        draft = Draft(one["number"], paragraphs, one["before"], one["after"])
        found[one["name"]] = (*found.get(one["name"], ()), draft)
    return found


def cases(*parts: str) -> Iterator[Case]:
    """Give the mails of some parts of the corpus, by default of all."""
    for part in parts or PARTS:
        for path in sorted((FOLDER / part).glob("*.eml")):
            said = tomllib.loads(path.with_suffix(".toml").read_text())
            yield Case(
                name=path.stem,
                part=part,
                raw=path.read_bytes(),
                drafts=drafts()[said["draft"]],
                version=said["version"],
                is_automatic=said.get("is_automatic", False),
                pieces=tuple(
                    Expected(
                        tuple(one["on"]), squeezed(one["text"]), squeezed(one.get("wording", ""))
                    )
                    for one in said.get("piece", ())
                ),
            )


def score(*parts: str) -> Score:
    """Count over some parts of the corpus."""
    counted = Score()
    for case in cases(*parts):
        counted.add(case, case.read())
    return counted
