"""Which paragraphs an answer answers: what is quoted above it, what it names, or the whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched, groupby

from intersession.outputs.rules.replying import said
from intersession.outputs.rules.replying.aligning import Index
from intersession.outputs.rules.replying.lines import Row
from intersession.outputs.rules.replying.quoting import Found, Quote, Reader
from intersession.outputs.rules.replying.shapes import How, Place, Role
from intersession.outputs.rules.replying.wording import Told, divided

MOST = 0.8
"""A mail that quotes this share of the draft's paragraphs was not trimmed."""
NEAR = 60
"""Lines within which a note in brackets is looked for."""
SMALL = 3
"""So many paragraphs quoted alone are answered together."""


@dataclass(slots=True)
class Answer:
    """Lines somebody wrote in one place, what they say, and the paragraphs they are on."""

    rows: list[Row]
    told: Told
    found: list[Found]


class Placing:
    """One mail: its stretches of quotation and of answers, in turn."""

    def __init__(self, rows: Sequence[Row], index: Index) -> None:
        self.index = index
        reader = Reader(index)
        self.rows = rows
        self.parts: list[Quote | list[Row]] = [
            part if isinstance(part, list) else reader.quote(part.rows) for part in _parts(rows)
        ]
        self.quotes = [part for part in self.parts if isinstance(part, Quote)]
        quoted = {one for quote in self.quotes for one in quote.paragraphs}
        self.share = len(quoted) / max(1, len(index.paragraphs))
        self.is_one_quote = sum(bool(quote.found) for quote in self.quotes) == 1
        self.is_nested = False

    def answers(self) -> Iterator[Answer]:
        """Give what was written, in order, each with what it is on."""
        if self.is_answered_above():
            for own, quote in batched(self.parts, 2, strict=True):
                if isinstance(quote, Quote) and not isinstance(own, Quote):
                    yield from self.passages(own, self.without_headings(quote))
            return
        above: Quote | None = None
        reached = -1
        context: list[Found] = []
        for place, part in enumerate(self.parts):
            if isinstance(part, Quote):
                above = part
                self.is_nested = self.is_nested or any(row.depth > 1 for row in part.rows)
                continue
            if above is None:
                context = self.of_what_follows(place)
            else:
                context = self.of_what_stands_above(above, reached, context, place)
                reached = max([reached, *above.paragraphs[-1:]])
            yield from self.passages(part, context)

    def is_answered_above(self) -> bool:
        """
        Test whether every answer stands above what it answers: passages chosen, the last one too.

        Where a sentence says who wrote the first, what stands above that is said on the whole.
        """
        own, quotes = self.parts[::2], self.parts[1::2]
        if len(quotes) < 2 or len(own) != len(quotes) or self.share > 0.5:
            return False
        chosen = [one for one in quotes if isinstance(one, Quote) and self.is_chosen(one)]
        if len(chosen) < len(quotes) or any(isinstance(one, Quote) for one in own):
            return False
        first = chosen[0].rows[0].number
        return not any(row.role is Role.ATTRIBUTION for row in self.rows if row.number < first)

    def is_chosen(self, quote: Quote) -> bool:
        """Test whether a quotation is one passage or two, and nothing of the letter around."""
        few = 0 < len(self.without_headings(quote)) <= 2
        return few and not (quote.is_led or quote.is_ended)

    def of_what_follows(self, place: int) -> list[Found]:
        """
        Place what stands above all quotations: mostly it is on the whole.

        Who quotes a single passage of a longer text and writes nothing below it, chose it.
        """
        rest = self.parts[place + 1 :]
        if len(rest) != 1 or not isinstance(rest[0], Quote):
            return []
        is_chosen = self.is_chosen(rest[0]) and self.share <= 0.5
        return self.without_headings(rest[0]) if is_chosen else []

    def of_what_stands_above(
        self, quote: Quote, reached: int, before: list[Found], place: int
    ) -> list[Found]:
        """Place what stands below a quotation."""
        if not quote.found:
            return before if quote.has_others and self.is_nested else []
        if quote.is_ended or self.is_below_everything(quote, place):
            return []
        found = self.without_headings(quote)
        return found if self.is_trimmed(quote, reached) else found[-1:]

    def is_below_everything(self, quote: Quote, place: int) -> bool:
        """Test whether one quotation of nearly all stands above, and nothing is quoted below."""
        if not self.is_one_quote or any(isinstance(p, Quote) for p in self.parts[place + 1 :]):
            return False
        reaches = quote.paragraphs[-1] == len(self.index.paragraphs) - 1
        is_all = self.share >= MOST and len(quote.paragraphs) > SMALL
        return reaches and is_all and quote.is_led

    def is_trimmed(self, quote: Quote, reached: int) -> bool:
        """
        Test whether what is quoted was chosen for the answer, so that it answers all of it.

        Where the quotation goes on from the one before, or from the beginning of the letter, the
        person wrote into a full quotation, and answers what stands right above.
        """
        if quote.is_led:
            return False
        first = quote.paragraphs[0]
        goes_on = first in (reached, reached + 1)
        if quote.is_cut and len(quote.paragraphs) <= SMALL:
            return True
        if goes_on and (self.share >= MOST or len(quote.paragraphs) > SMALL):
            return False
        return not goes_on or self.share <= 0.5

    def without_headings(self, quote: Quote) -> list[Found]:
        """Leave out headings above what is quoted; one right above an answer is what is meant."""
        found: dict[int, Found] = {}
        for one in quote.found:
            kept = found.get(one.paragraph)
            if kept is None or kept.how is How.WORDS:
                found[one.paragraph] = replace(one, quoted=kept.quoted) if kept else one
        several = list(found.values())
        if several and self.is_heading(several[-1]):
            return several[-1:]
        return [one for one in several if not self.is_heading(one)]

    def is_heading(self, found: Found) -> bool:
        return self.index.paragraphs[found.paragraph].kind == "heading"

    def passages(self, rows: list[Row], context: list[Found]) -> Iterator[Answer]:
        """Cut what was written where it names another paragraph itself."""
        run: list[Row] = []
        found = context
        is_first = True
        for place, row in enumerate(rows):
            named = self.named(row, is_whole=not context) if is_first else []
            if named and _is_a_source(row, rows[max(0, place - NEAR) : place]):
                named = []
            if named:
                yield from self.answer(run, found)
                run, found = [], named
            is_first = row.role is Role.BLANK or not row.text.strip()
            run.append(row)
        yield from self.answer(run, found)

    def answer(self, rows: list[Row], found: list[Found]) -> Iterator[Answer]:
        if any(row.role is not Role.BLANK for row in rows):
            told = divided(rows, self.index, [one.paragraph for one in found])
            if not found and told.paragraph >= 0:
                found = [Found(told.paragraph, How.WORDS, told.likeness, "")]
            yield Answer(rows, told, found or self.mentioned(rows))

    def named(self, row: Row, *, is_whole: bool) -> list[Found]:
        """Return the paragraphs that a passage names at its beginning, as `[12]` or `§ 12:`."""
        text = row.text[: said.LONGEST]
        pattern = said.NAMED if is_whole else said.NAMED_AND_DIVIDED
        found = said.BRACKETED.match(text) or pattern.match(text)
        if found is None:
            return []
        first = self.index.numbers.get(found[1], -1)
        last = self.index.numbers.get(found[2] or found[1], -1)
        if first < 0 or last < first:
            return []
        several = range(first, last + 1)
        if last - first > 3 * SMALL:
            return []
        return [Found(one, How.NUMBER, 100.0, "") for one in several]

    def mentioned(self, rows: Sequence[Row]) -> list[Found]:
        """Return the one paragraph whose words stand in quotation marks in what was written."""
        text = " ".join(row.text for row in rows)
        if len(text) > 10 * said.LONGEST:
            return []
        places: dict[int, Found] = {}
        for quoted in _IN_MARKS.findall(text)[:5]:
            for paragraph in {self.index.of(spot) for spot in self.index.spots_of(quoted)}:
                places[paragraph] = Found(paragraph, How.WORDS, 100.0, quoted)
        is_one = len(places) == 1 and not self.is_heading(next(iter(places.values())))
        return list(places.values()) if is_one else []


def _is_a_source(row: Row, before: Sequence[Row]) -> bool:
    """Test whether the number in brackets at the head of a line is a note to what is written."""
    mark = row.text.partition("]")[0].lstrip() + "]"
    return any(mark in one.text[1:] for one in before)


_IN_MARKS = re.compile(r"[“\"«„「『]([^“”\"«»„「」『』]{12,300})[”\"»“」』]")


def _parts(rows: Sequence[Row]) -> "Iterator[Quote | list[Row]]":
    """Cut a mail into what is quoted and what is written, leaving out what is neither."""
    told = [row for row in rows if row.role in _KIND or row.role is Role.BLANK]
    kind = 0
    kinds = [kind := _KIND.get(row.role, kind) for row in told]
    for is_quoted, run in groupby(zip(kinds, told, strict=True), key=lambda pair: pair[0]):
        part = [row for _, row in run]
        if any(row.role is not Role.BLANK for row in part):
            yield Quote(part) if is_quoted else part


_KIND = {Role.QUOTED: 1, Role.OTHER: 1, Role.OWN: 0, Role.WORDING: 0}


def places_of(found: Sequence[Found], index: Index) -> tuple[Place, ...]:
    """Return the paragraphs as they are given out."""
    several = (index.paragraphs[one.paragraph] for one in found)
    return tuple(Place(one.key, one.number) for one in several)
