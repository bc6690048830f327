"""What a stretch of quoted lines quotes: paragraphs of the draft, by number and by words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from intersession.outputs.rules.replying import said
from intersession.outputs.rules.replying.aligning import LIKE, Index
from intersession.outputs.rules.replying.lines import Row
from intersession.outputs.rules.replying.shapes import How, Role

SHOWN = 300
"""Signs of a quotation that are kept beside an answer."""
UNLIKE = 60.0
"""Below this likeness (0 to 100, by signs) a number is that of something else, as of a source."""
TRIED = 60
"""Quotations of a mail whose words are looked for one by one, where no run of them was found."""


@dataclass(slots=True)
class Found:
    """A paragraph that is quoted: how it was found and how much of what was quoted is in it."""

    paragraph: int
    how: How
    likeness: float
    quoted: str


@dataclass(slots=True)
class Quote:
    """
    A stretch of quoted lines between two answers.

    `is_led` and `is_ended` say that the letter before and after the text is quoted too; `is_cut`
    that the person marked something as left out; `has_others` that words of others are in it.
    """

    rows: list[Row]
    found: list[Found] = field(default_factory=list)
    is_led: bool = False
    is_ended: bool = False
    is_cut: bool = False
    has_others: bool = False

    @property
    def paragraphs(self) -> list[int]:
        """The paragraphs quoted, in the order of the mail, each once."""
        return list(dict.fromkeys(one.paragraph for one in self.found))


class Reader:
    """Reads the quotations of one mail; hard ones only so often, so that the time is bounded."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.left = TRIED

    def quote(self, rows: Sequence[Row]) -> Quote:
        """Tell what is quoted in these lines."""
        quote = Quote([row for row in rows if row.role in (Role.QUOTED, Role.OTHER)])
        for part in _parts(quote.rows):
            self.read_part(part, quote)
        if not quote.found and quote.rows:
            self.try_words(quote)
        quote.is_cut = any(said.GAP.match(row.text[: said.LONGEST]) for row in quote.rows)
        quote.has_others = any(row.role is Role.OTHER and row.words for row in quote.rows)
        return quote

    def read_part(self, part: Sequence[Row], quote: Quote) -> None:
        """Read the lines from one printed number to the next."""
        last = len(self.index.starts)
        by_words: list[Found] = []
        for paragraph, run in groupby(_spotted(part, self.index), key=lambda pair: pair[0]):
            rows = [row for _, row in run]
            quote.is_ended = paragraph >= last
            if paragraph < 0:
                quote.is_led = quote.is_led or not (quote.found or by_words)
            elif paragraph < last:
                by_words.append(_by_words(paragraph, rows, self.index))
        number = said.NUMBERED.match(part[0].text)
        paragraph = self.index.numbers.get(number[1], -1) if number else -1
        if by_words and number and by_words[0].paragraph == paragraph:
            by_words[0].how = How.NUMBER
        if not by_words and paragraph >= 0 and (found := self.by_number(paragraph, part)):
            by_words = [found]
            for row in part:
                row.role = Role.QUOTED
        quote.found += by_words

    def by_number(self, paragraph: int, part: Sequence[Row]) -> Found | None:
        """Take the number's word where nothing else is quoted, or what is quoted is like it."""
        text = _text(part)
        bare = said.NUMBERED.sub("", text, count=1)
        if self.left <= 0 or not any(sign.isalpha() for sign in bare):
            return Found(paragraph, How.NUMBER, 100.0, text[:SHOWN])
        likeness = self.index.likeness(paragraph, bare)
        self.left -= 1
        if likeness < LIKE:
            other, score = self.index.nearest(bare)
            if other >= 0 and score > likeness:
                return Found(other, How.WORDS, score, text[:SHOWN])
        if likeness < UNLIKE:
            return None
        return Found(paragraph, How.NUMBER, likeness, text[:SHOWN])

    def try_words(self, quote: Quote) -> None:
        """Look for words that were found by no run of them: few, or changed on their way."""
        text = _text(quote.rows)
        if self.left <= 0 or len(text) > 4 * SHOWN:
            return
        self.left -= 1
        paragraph, likeness = self.index.nearest(_without_gaps(text))
        if paragraph >= 0:
            quote.found.append(Found(paragraph, How.WORDS, likeness, text[:SHOWN]))
            for row in quote.rows:
                row.role = Role.QUOTED


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut quoted lines before each printed number."""
    part: list[Row] = []
    for row in rows:
        if part and said.NUMBERED.match(row.text):
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _spotted(part: Sequence[Row], index: Index) -> Iterator[tuple[int, Row]]:
    """Give each line that holds words of the draft with the paragraph they begin and end in."""
    for row in part:
        spots = [spot for spot in row.spots if spot >= 0]
        if spots:
            first, last = index.of(spots[0]), index.of(spots[-1])
            yield first, row
            if last != first:
                yield last, row


def _by_words(paragraph: int, rows: Sequence[Row], index: Index) -> Found:
    total = sum(len(row.spots) for row in rows)
    covered = sum(row.covered for row in rows)
    return Found(paragraph, How.WORDS, 100.0 * covered / max(1, total), _text(rows)[:SHOWN])


def _text(rows: Sequence[Row]) -> str:
    return " ".join(row.text.strip() for row in rows).strip()


def _without_gaps(text: str) -> str:
    return text.replace("[…]", " ").replace("[...]", " ").strip(' .…"“”«»')
