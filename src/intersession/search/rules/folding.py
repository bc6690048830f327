"""Text as words: normalised, folded to small letters, without accents; Chinese in pairs."""

import re
from itertools import groupby
from operator import add
from unicodedata import category, normalize

LONGEST_WORD = 64
"""Characters of a word; a longer run (a hash, a line of base64) is cut into such pieces."""

_MARKS = "".join(chr(code) for code in range(0x0900, 0x1CFF) if category(chr(code)) in {"Mn", "Mc"})
"""Vowel signs of Indic and South-East Asian scripts: part of the word, not an accent."""

_ACCENTS = (
    "\u0300-\u036f"  # Latin, Greek, Cyrillic
    "\u0483-\u0487"  # old Cyrillic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"  # Arabic
)
_UNSEEN = "\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
"""Soft hyphens, tatweel, joiners, marks of direction: nobody types them to search."""

_ACCENT = re.compile(f"[{_ACCENTS}]+")
_LOOSE = re.compile(f"[{_ACCENTS}{_UNSEEN}]+")
_EASTERN = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
_DIGITS = {start + n: str(n) for start in (0x0660, 0x06F0) for n in range(10)}

_ARABIC_FORMS = re.compile("[ىیةکٱ]")
_ARABIC = str.maketrans({"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ٱ": "ا"})

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7a3\u3005"
"""Chinese, Japanese, Korean signs: written without blanks, so found by pairs."""

_HAS_CJK = re.compile(f"[{CJK}]")
_GAPS = re.compile(rf"(?<=[{CJK}])\s+(?=[{CJK}])")
_LETTERS = bytes(ord(chr(n).lower()) if n < 128 and chr(n).isalnum() else 32 for n in range(256))
"""Of ASCII, what stands for a byte: the small letter, the digit, or a blank."""
_FAR = re.compile("[\u2e80-\U0010ffff]")
"""Signs among which those are that are written without blanks, whatever they normalise to."""
_WORD = re.compile(rf"[\w{_MARKS}]{{1,{LONGEST_WORD}}}")
_MIXED = re.compile(rf"[{CJK}]+|(?:(?![{CJK}])[\w{_MARKS}]){{1,{LONGEST_WORD}}}")
_BROKEN = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Take out what no database stores: NUL, and halves of surrogate pairs."""
    if "\0" in text:
        text = text.replace("\0", " ")
    return text if text.isascii() else _BROKEN.sub("\ufffd", text)


def plain_words(text: str) -> list[str]:
    """Cut text into words in small letters, accents kept; a run of Chinese is one word."""
    if text.isascii():
        return _ascii_words(text)
    if _FAR.search(text):
        return _other_words(text)
    words: list[str] = []
    for is_ascii, lines in groupby(text.split("\n"), str.isascii):
        words += (_ascii_words if is_ascii else _other_words)("\n".join(lines))
    return words


def _ascii_words(text: str) -> list[str]:
    """Cut plain ASCII: by a table of bytes, because most mail is that and nothing else."""
    words = text.encode().translate(_LETTERS).decode().split()
    if max(map(len, words), default=0) <= LONGEST_WORD:
        return words
    starts = ((word, range(0, len(word), LONGEST_WORD)) for word in words)
    return [word[start : start + LONGEST_WORD] for word, some in starts for start in some]


def _other_words(text: str) -> list[str]:
    text = normalize("NFKC", normalize("NFKC", text).casefold()).replace("_", " ")
    text = _LOOSE.sub("", text)
    if _EASTERN.search(text):
        text = text.translate(_DIGITS)
    if _HAS_CJK.search(text):
        return _MIXED.findall(_GAPS.sub("", text))
    return _WORD.findall(text)


def fold(words: str) -> str:
    """Fold accents away, and the spellings of one Arabic letter into one."""
    if words.isascii():
        return words
    bare = normalize("NFC", _ACCENT.sub("", normalize("NFD", words)))
    return bare.translate(_ARABIC) if _ARABIC_FORMS.search(bare) else bare


def is_cjk(word: str) -> bool:
    """Test whether a word is a run of signs that is found by pairs."""
    return _HAS_CJK.match(word) is not None


def pairs(run: str) -> list[str]:
    """
    Cut a run of signs into overlapping pairs, with the last sign alone at its end.

    So a word of two signs is one term, and a single sign is found as the start of a term.
    """
    return [*map(add, run, run[1:]), run[-1:]] if run else []


def terms(words: list[str]) -> list[str]:
    """Turn plain words into the terms of the index, in their order."""
    line = " ".join(words)
    if line.isascii():
        return words
    folded = fold(line)
    if not folded:
        return []
    if folded.isascii() or not _HAS_CJK.search(folded):
        return folded.split(" ")
    cut = ((pairs(word) if is_cjk(word) else (word,)) for word in folded.split(" "))
    return [term for some in cut for term in some]


_PARAGRAPH = re.compile(r"¶\s{0,2}(\d{1,6})(?!\w)")
PARAGRAPH = "_p"
"""Before the number of a paragraph (¶ 12), written as a term that no word can be."""


def paragraphs(text: str) -> list[str]:
    """Return the terms of the paragraphs that a text names."""
    return [f"{PARAGRAPH}{number}" for number in _PARAGRAPH.findall(text)]
