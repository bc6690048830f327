"""Stems of words in the UN languages that have them (Chinese has none)."""

import re
from collections.abc import Sequence
from threading import local
from typing import Any

import Stemmer

from intersession.search.rules.folding import fold

LATIN = ("en", "fr", "es")
"""UN languages in Latin letters: which of them a word is in, the document must say."""

_NAMES = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARTICLE = re.compile("^[وف]?(?:[بك]?ال|لل)(?=.{2})|^[وف](?=.{3})")
"""The Arabic article with the particles written onto it: وال، بال، كال، فال، لل."""

KEPT = 30_000
"""Stems of a language that a process remembers: words of a list come again and again."""

_own = local()


def _stemmer(language: str) -> Any:
    """Return this thread's stemmer: one may not be shared between threads."""
    stemmers: dict[str, Any] = _own.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_NAMES[language], 0)  # `seen` remembers better
    return stemmers[language]


def latin_language(language: str) -> str:
    """Return the language whose rules fit Latin words of a text: English where none is stated."""
    primary = language.partition("-")[0].lower() or "en"
    return primary if primary in LATIN else ""


def stem(word: str, language: str) -> str:
    """Return the folded stem of a plain word; `language` is en, fr, es, ru or ar."""
    if language == "ar":
        word = _ARTICLE.sub("", fold(word), count=1)
    return fold(_stemmer(language).stemWord(word))


def script_language(word: str) -> str:
    """Return `ru` or `ar` for words whose letters tell it, else nothing."""
    if word.isascii():
        return ""
    if _CYRILLIC.search(word):
        return "ru"
    return "ar" if _ARABIC.search(word) else ""


def _seen(language: str) -> dict[str, str]:
    """Return the stems that this thread remembers for a language."""
    seen: dict[str, dict[str, str]] = _own.__dict__.setdefault("seen", {})
    if len(seen.get(language, ())) > KEPT:
        seen[language] = {}
    return seen.setdefault(language, {})


def stems(words: set[str], language: str) -> set[str]:
    """Return the folded stems of a text's words: by script, else by the text's language."""
    latin = latin_language(language)
    seen = _seen(latin)
    unseen = [word for word in words if word not in seen]
    if unseen:
        seen.update(zip(unseen, _stems_of(unseen, latin), strict=True))
    found = set(map(seen.__getitem__, words))
    found.discard("")
    return found


def _stems_of(words: Sequence[str], latin: str) -> list[str]:
    """Stem words that were not met before; those of a plain alphabet all at once."""
    if latin and "".join(words).isascii():
        found: list[str] = _stemmer(latin).stemWords(words)
        return found
    spoken = [script_language(word) or latin for word in words]
    return [stem(word, name) if name else "" for word, name in zip(words, spoken, strict=True)]
