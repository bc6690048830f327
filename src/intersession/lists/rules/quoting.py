"""Which messages repeat the words of another one, whatever their line ends and quote marks."""

import re
from collections.abc import Iterator

LENGTH = 8
"""Words in a row that make a quotation; shorter runs are common speech."""

_MARKS = re.compile(r"^[ \t]*(?:[>|｜][ \t]?)+", re.MULTILINE)
_HTML = re.compile(r"<[^>]*>|&[#\w]{1,10};")
_WORDS = re.compile(r"\w+")


def own_words(text: str) -> str:
    """Return what a text says itself, without what it quotes."""
    return "\n".join(line for line in text.splitlines() if not _MARKS.match(line))


def runs(text: str) -> frozenset[int]:
    """
    Return every run of LENGTH words of a text, as numbers.

    A text of fewer words is one run. Signs of scripts without blanks count one by one.
    """
    return frozenset(_runs(_MARKS.sub("", text)))


def runs_of_html(html: str) -> frozenset[int]:
    """Return every run of words of a rendered message."""
    return frozenset(_runs(_HTML.sub(" ", html)))


def _runs(text: str) -> Iterator[int]:
    words = [word for found in _WORDS.findall(text.casefold()) for word in _divided(found)]
    if words and len(words) < LENGTH:
        yield hash(tuple(words))
    for start in range(len(words) - LENGTH + 1):
        yield hash(tuple(words[start : start + LENGTH]))


def _divided(word: str) -> Iterator[str]:
    """Divide what is written without blanks into its signs."""
    if word.isascii() or not any("\u2e80" <= sign <= "\U0003ffff" for sign in word):
        yield word
    else:
        yield from word
