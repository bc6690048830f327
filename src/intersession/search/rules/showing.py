"""Where a text answers a question: marks in a title, and a few lines of a body."""

import re
from collections.abc import Iterator
from html import escape
from unicodedata import normalize

from intersession.search.rules.asking import Part, Question
from intersession.search.rules.folding import PARAGRAPH, fold, is_cjk
from intersession.search.rules.stems import latin_language, script_language, stem

SHOWN = 240
"""Characters of a snippet."""
BEFORE = 70
"""Characters of it before the first word found."""
LOOKED_THROUGH = 200_000
"""Characters of a body that are looked through."""
SPANS = 12
"""Places among which the best window is chosen."""

_QUOTED = re.compile(r"(?m)^(?:[ \t]*&gt;[ \t]?)+")
_ARTICLES = "(?:[وفبكل]{0,2}ال|لل|[وف])?"


_RANGES = ((0xC0, 0x250), (0x370, 0x530), (0x600, 0x700), (0x1E00, 0x2000), (0xFF00, 0xFFF0))
"""Where letters stand that fold to another: Latin, Greek, Cyrillic, Arabic, full width."""


def _leveled(sign: str) -> str:
    folded = fold(normalize("NFKC", sign).casefold())
    return folded[0] if folded else sign


_LEVEL = {
    sign: _leveled(sign)
    for first, end in _RANGES
    for sign in map(chr, range(first, end))
    if _leveled(sign) != sign
}
_UNEVEN = re.compile(f"[{re.escape(''.join(_LEVEL))}]")


def level(text: str) -> str:
    """Fold a text sign by sign: places in the folded text are places in the text."""
    if text.isascii():
        return text.lower()
    small = text.lower()
    if len(small) != len(text):
        small = "".join(sign.lower()[0] for sign in text)
    return _UNEVEN.sub(lambda found: _LEVEL[found.group()], small)


def _pattern(part: Part) -> str:
    """Write what every place of a part begins like; `Spotter` then looks closer."""
    if part.terms[0].startswith(PARAGRAPH):
        return rf"¶\s{{0,2}}{part.terms[0].removeprefix(PARAGRAPH)}(?!\w)"
    if is_cjk(part.terms[0]):
        return re.escape("".join(term[0] for term in part.terms[:-1]) + part.terms[-1])
    if len(part.terms) > 1 or part.is_start:
        rest = r"\w*" if part.is_start else r"(?!\w)"
        return r"[\W_]{1,8}".join(map(re.escape, part.terms)) + rest
    starts = {_start(form) for form in (part.terms[0], *(form for form, _ in part.stems))}
    shortest = "|".join(sorted(map(re.escape, starts)))
    articles = _ARTICLES if script_language(part.terms[0]) == "ar" else ""
    return rf"{articles}(?:{shortest})\w*"


def _start(form: str) -> str:
    return form[:-1] if len(form) > 4 else form


class Spotter:
    """Finds the places of one question in texts. Made once, used for every text of a page."""

    def __init__(self, question: Question) -> None:
        self.parts = question.parts
        groups = (f"(?P<p{n}>{_pattern(part)})" for n, part in enumerate(question.parts))
        self.pattern = re.compile("|".join(groups)) if question.parts else None

    def spans(self, text: str, language: str) -> Iterator[tuple[int, int, int]]:
        """Find places: start, end, number of the part."""
        if self.pattern is None:
            return
        even = level(text)
        for found in self.pattern.finditer(even):
            start, end = found.span()
            number = int((found.lastgroup or "p0")[1:])
            is_first = not start or not (even[start - 1].isalnum() or even[start - 1] == "_")
            if _is_meant(found.group(), self.parts[number], language, is_first=is_first):
                yield start, end, number


def _is_meant(word: str, part: Part, language: str, *, is_first: bool) -> bool:
    """
    Test a place that begins alike: the word itself, or one of its stem; not inside a word.

    (A look behind in the pattern would say the same, and keep it from its fast way of searching.)
    """
    if part.terms[0].startswith(PARAGRAPH):
        return True
    if not is_first or part.is_start or len(part.terms) > 1:
        return is_first or is_cjk(part.terms[0])
    if is_cjk(part.terms[0]):
        return True
    forms = {part.terms[0], *(form for form, _ in part.stems)}
    if word in forms:
        return True
    spoken = script_language(word) or latin_language(language)
    return bool(spoken) and stem(word, spoken) in forms


def _marked(text: str, spans: list[tuple[int, int, int]]) -> str:
    pieces, last = [], 0
    for start, end, _ in spans:
        pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    pieces.append(escape(text[last:]))
    return "".join(pieces)


def highlight(text: str, spotter: Spotter, language: str = "") -> str:
    """Return the whole text as safe HTML with its places marked."""
    return _marked(text, list(spotter.spans(text, language)))


def _best(spans: list[tuple[int, int, int]]) -> int:
    """Return the start of the window that shows most parts; the first of equals."""

    def shown(at: int) -> int:
        return len({part for start, end, part in spans if at <= start and end <= at + SHOWN})

    return max((start for start, _, _ in spans), key=shown, default=0)


def _window(text: str, at: int) -> tuple[int, int]:
    """Return where a window around a place begins and ends, whole words where there are blanks."""
    begin = max(0, at - BEFORE)
    if begin:
        blank = text.find(" ", begin, at)
        begin = blank + 1 if blank >= 0 else begin
    end = min(len(text), begin + SHOWN)
    if end < len(text):
        blank = text.rfind(" ", begin + SHOWN // 2, end)
        end = blank if blank >= 0 else end
    return begin, end


def snippet(text: str, spotter: Spotter, language: str = "") -> str:
    """Return a few lines of the text around its best place, as safe HTML on one line."""
    text = text[:LOOKED_THROUGH]
    spans = [span for span, _ in zip(spotter.spans(text, language), range(SPANS), strict=False)]
    begin, end = _window(text, _best(spans))
    inside = [(s - begin, e - begin, p) for s, e, p in spans if begin <= s and e <= end]
    shown = " ".join(_QUOTED.sub("", _marked(text[begin:end], inside)).split())
    return f"{'… ' if begin else ''}{shown}{' …' if end < len(text) else ''}"
