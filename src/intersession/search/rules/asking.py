"""What somebody asks: words (all of them), "phrases", and beginnings*."""

import re
from dataclasses import dataclass
from enum import StrEnum

from intersession.search.rules.folding import clean, is_cjk, pairs, paragraphs, plain_words, terms
from intersession.search.rules.stems import LATIN, script_language, stem

LONGEST = 300
"""Characters of a question."""
MOST = 16
"""Words and phrases of a question."""
SHORTEST_START = 2
"""Letters before a `*`."""

_NAME = re.compile(r"\w+(?:[-._]\w+)+")
_AROUND = "*,;:!?()[]…."
_PIECE = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)')


class Problem(StrEnum):
    """Why a question cannot be answered."""

    TOO_LONG = "too long"
    TOO_MANY = "too many words"
    NO_WORDS = "no words"
    NO_DAY = "a day that is none"
    SHORT_START = "too few letters before the star"


@dataclass(frozen=True, slots=True)
class Part:
    """
    One part of a question; the index must hold all parts.

    `terms` follow each other; with `is_start` the last is the beginning of a term. `stems` are
    pairs of a stem and the languages in which it stands for the word (none: by its script).
    """

    terms: tuple[str, ...]
    is_start: bool = False
    stems: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the engines take it, or the problem with it."""

    parts: tuple[Part, ...] = ()
    problem: Problem | None = None


def ask(text: str, language: str = "") -> Question:
    """
    Read what somebody typed. Nothing typed is an error: at worst it has a problem.

    Signs other than letters and digits divide words; there are no operators. With `language`
    only that language's stems are looked for.
    """
    text = clean(text).strip()
    if not text:
        return Question()
    if len(text) > LONGEST:
        return Question(problem=Problem.TOO_LONG)
    parts = [Part((number,)) for number in paragraphs(text)]
    for phrase, word in _PIECE.findall(text):
        parts += [_phrase(phrase)] if phrase else _words(word, language)
    parts = [part for part in dict.fromkeys(parts) if part.terms]
    if any(part.is_start and _is_short(part) for part in parts):
        return Question(problem=Problem.SHORT_START)
    if len(parts) > MOST:
        return Question(problem=Problem.TOO_MANY)
    return Question(tuple(parts)) if parts else Question(problem=Problem.NO_WORDS)


def _is_short(part: Part) -> bool:
    last = part.terms[-1]
    return len(part.terms) == 1 and len(last) < SHORTEST_START and not is_cjk(last)


def _run(word: str) -> tuple[tuple[str, ...], bool]:
    """Return the terms of one plain word, and whether the last is only a beginning."""
    if not is_cjk(word):
        return tuple(terms([word])), False
    run = "".join(term[0] for term in terms([word]))
    return (tuple(pairs(run)[:-1]), False) if len(run) > 1 else ((run,), True)


def _phrase(text: str) -> Part:
    found: list[str] = []
    is_start = False
    for word in plain_words(text):
        run, is_start = _run(word)
        found += run
    return Part(tuple(found), is_start)


def _words(text: str, language: str) -> list[Part]:
    words = plain_words(text)
    if _NAME.fullmatch(text.strip(_AROUND)) and _is_name(words):
        return [Part(tuple(terms(words)), is_start=text.endswith("*"))]
    parts = [_word(word, language) for word in words]
    if parts and text.endswith("*") and not is_cjk(words[-1]):
        parts[-1] = Part(parts[-1].terms, is_start=True)
    return parts


def _is_name(words: list[str]) -> bool:
    """Test for the name of a draft, a version, a day (DC3-2026-01): it is found whole."""
    return any(map(str.isdecimal, words)) and not any(map(is_cjk, words))


def _word(word: str, language: str) -> Part:
    run, is_start = _run(word)
    if is_cjk(word):
        return Part(run, is_start)
    return Part(run, stems=_stems(word, run[0], language))


def _stems(word: str, term: str, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if script := script_language(word):
        found = stem(word, script)
        return ((found, ()),) if found not in ("", term) else ()
    primary = language.partition("-")[0]
    spoken: dict[str, list[str]] = {}
    for name in LATIN:
        if primary in ("", name) and (found := stem(word, name)) not in ("", term):
            spoken.setdefault(found, []).append(name)
    return tuple((found, tuple(names)) for found, names in spoken.items())
