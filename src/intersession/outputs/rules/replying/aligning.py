"""Which words of a reply are words of the draft: runs of words found in an index of the draft."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from sys import intern

from rapidfuzz import fuzz

from intersession.outputs.rules.replying.lines import Row, spans_of, words
from intersession.outputs.rules.replying.printing import ordered
from intersession.outputs.rules.replying.shapes import Draft, Paragraph

GRAM = 3
"""Words in a row by which the index finds a place."""
PLACES = 8
"""Places kept for one such run: what stands more often says little about where it stands."""
LEAST = 4
"""Words in a row that make a copy; of Chinese signs, which are shorter, twice as many."""
LIKE = 75.0
"""From this likeness (0 to 100, by signs) on, words of a quotation are those of a paragraph."""
FEW = 400
"""Signs of a quotation that are compared so."""


class Index:
    """The words of a draft in the order of the mail, and where each run of three stands."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.paragraphs: list[Paragraph] = list(ordered(draft))
        self.words: list[str] = words(draft.before)
        self.starts: list[int] = []
        for paragraph in self.paragraphs:
            self.starts.append(len(self.words))
            self.words += words(paragraph.mark)
            self.words += words(paragraph.text)
        self.end = len(self.words)
        self.words += words(draft.after)
        self.words = list(map(intern, self.words))
        self.numbers = {one.number: place for place, one in enumerate(self.paragraphs)}

    @cached_property
    def grams(self) -> tuple[dict[int, int], dict[int, list[int]]]:
        """
        Where each run of three words first stands, and where else, up to PLACES.

        By the hash of the run, which keeps the index of a long draft small: who finds a place
        compares the words there.
        """
        first: dict[int, int] = {}
        more: dict[int, list[int]] = {}
        for place, gram in enumerate(_grams(self.words)):
            if first.setdefault(gram, place) != place:
                places = more.setdefault(gram, [])
                if len(places) < PLACES:
                    places.append(place)
        return first, more

    @cached_property
    def kin(self) -> dict[str, list[int]]:
        """The paragraphs each word stands in, where it stands in few."""
        found: dict[str, list[int]] = {}
        for paragraph in range(len(self.paragraphs)):
            for word in set(self.words[slice(*self.span(paragraph))]):
                found.setdefault(word, []).append(paragraph)
        return {word: places for word, places in found.items() if len(places) <= PLACES}

    def of(self, spot: int) -> int:
        """Return the paragraph of a place, -1 before the text, their number after it."""
        return len(self.starts) if spot >= self.end else bisect_right(self.starts, spot) - 1

    def span(self, paragraph: int) -> tuple[int, int]:
        """Return where a paragraph begins and ends among the words."""
        after = paragraph + 1
        return self.starts[paragraph], (
            self.starts[after] if after < len(self.starts) else self.end
        )

    def nearest(self, text: str) -> tuple[int, float]:
        """
        Find the paragraph that holds a few quoted words, -1 for none, and how like it is.

        First as they stand, where that is in one paragraph only; else the likest of those that
        share rare words.
        """
        said = words(text[:FEW])
        if not said or sum(map(len, said)) < 2:
            return -1, 0.0
        where = {self.of(spot) for spot in self.found(said)} - {-1, len(self.starts)}
        whole = {one for one in where if words(self.paragraphs[one].text) == said}
        if len(whole or where) == 1:
            return (whole or where).pop(), 100.0
        likest, score = -1, 0.0
        for paragraph in self.akin(said):
            held = " ".join(self.words[slice(*self.span(paragraph))])
            like = fuzz.partial_ratio(" ".join(said), held)
            if like > score and len(said) >= LEAST:
                likest, score = paragraph, like
        return (likest, score) if score >= LIKE else (-1, score)

    def spots_of(self, text: str) -> list[int]:
        """Return a place of each paragraph that holds these words as they stand."""
        said = words(text[:FEW])
        if len(said) < GRAM:
            return []
        return [spot for spot in self.found(said) if 0 <= self.of(spot) < len(self.starts)]

    def stretch(self, paragraph: int, first: int, end: int, whole: float) -> str:
        """Return the text between two places of a paragraph, empty where that is nearly all."""
        start, stop = self.span(paragraph)
        given = self.paragraphs[paragraph]
        skipped = len(words(given.mark))
        if end - first >= whole * (stop - start - skipped):
            return ""
        spans = spans_of(given.text)
        first, end = max(0, first - start - skipped), end - start - skipped
        if not 0 <= first < end <= len(spans):
            return ""
        return given.text[spans[first][0] : spans[end - 1][1]]

    def found(self, said: Sequence[str]) -> list[int]:
        """Return the places where the words stand in this order."""
        first, count, held = said[0], len(said), list(said)
        places: list[int] = []
        at = -1
        while len(places) <= PLACES:
            try:
                at = self.words.index(first, at + 1, self.end)
            except ValueError:
                break
            if self.words[at : at + count] == held:
                places.append(at)
        return places

    def akin(self, said: Sequence[str]) -> list[int]:
        """Return a few paragraphs that share the most rare words."""
        votes: dict[int, float] = {}
        for word in set(said):
            places = self.kin.get(word, ())
            for place in places:
                votes[place] = votes.get(place, 0.0) + len(word) / len(places)
        return sorted(votes, key=lambda place: (-votes[place], place))[:PLACES]

    def likeness(self, paragraph: int, text: str) -> float:
        """Say how like a quotation is to a paragraph, or to a part of it."""
        held = " ".join(self.words[slice(*self.span(paragraph))])
        return fuzz.partial_ratio(" ".join(words(text[:FEW])), held)


def _grams(said: list[str]) -> Iterator[int]:
    return map(hash, zip(said, said[1:], said[2:], strict=False))


@lru_cache(maxsize=3)
def index_of(draft: Draft) -> Index:
    """Return the index of a draft; the last few are kept, as a draft gets many replies."""
    return Index(draft)


def align(rows: Sequence[Row], index: Index) -> int:
    """Tell each word of a reply its place in the draft, and return how many have one."""
    said = [word for row in rows for word in row.words]
    ends = _ends(rows)
    spots = _spots(said, ends, index)
    for row, (start, end) in zip(rows, pairwise([0, *ends]), strict=True):
        row.spots = spots[start:end]
    return len(spots) - spots.count(-1)


def _ends(rows: Sequence[Row]) -> list[int]:
    ends, total = [], 0
    for row in rows:
        total += len(row.words)
        ends.append(total)
    return ends


def _spots(said: list[str], ends: list[int], index: Index) -> list[int]:
    """Find, from word to word, the longest run that begins here; go on where the last one ended."""
    grams, (first, more) = [*_grams(said), 0, 0], index.grams
    held = index.words
    spots = [-1] * len(said)
    following = dict(pairwise([0, *ends]))
    at, expected = 0, -1
    while at < len(said):
        place, run = expected, 0
        if expected >= 0 and at in following:
            run = _run(said, at, held, expected)
            if run < following[at] - at and not _is_enough(said, at, run):
                run = 0
        if not run and (gram := grams[at]) in first:
            place, run = _longest(said, at, held, (first[gram], *more.get(gram, ())), expected)
            if place < expected < place + min(run, LEAST):
                at += expected - place  # last words of an answer, which the draft has there too
                continue
            run = run if _is_enough(said, at, run) else 0
        if run:
            spots[at : at + run] = range(place, place + run)
            expected = place + run
        at += run or 1
    return spots


def _longest(
    said: list[str], at: int, held: list[str], places: Sequence[int], expected: int
) -> tuple[int, int]:
    """Return where the longest run begins; of equal ones that which follows the last run."""
    best, most = -1, 0
    for place in places:
        run = _run(said, at, held, place)
        if run > most or (run == most and best < expected <= place):
            best, most = place, run
    return best, most


def _run(said: list[str], at: int, held: list[str], place: int) -> int:
    begin, last, end = at, len(said), len(held)
    while at < last and place < end and said[at] == held[place]:
        at += 1
        place += 1
    return at - begin


def _is_enough(said: list[str], at: int, run: int) -> bool:
    if run < LEAST or run >= 2 * LEAST:
        return run >= LEAST
    signs = sum(len(word) == 1 and word > "\u2e7f" for word in said[at : at + run])
    return run - signs / 2 >= LEAST
