"""Text as words: normalised, folded to small letters, without accents; Chinese in pairs."""

import re
from unicodedata import category, normalize

LONGEST_WORD = 64
"""Characters of a word; a longer run (a hash, a line of base64) is cut into such pieces."""

_MARKS = "".join(chr(code) for code in range(0x0900, 0x1CFF) if category(chr(code)) in {"Mn", "Mc"})
"""Vowel signs of Indic and South-East Asian scripts: part of the word, not an accent."""

_ACCENTS = [
    *range(0x0300, 0x0370),  # Latin, Greek, Cyrillic
    *range(0x0483, 0x0488),  # old Cyrillic
    *range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7,  # Hebrew points
    *range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD),  # Arabic
]  # fmt: skip
_STRIP = dict.fromkeys(_ACCENTS)
_DIGITS = {
    **{0x0660 + n: str(n) for n in range(10)},
    **{0x06F0 + n: str(n) for n in range(10)},
}
_UNSEEN = [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
_TIDY = {**_STRIP, **_DIGITS, **dict.fromkeys(_UNSEEN), 0x0640: None, ord("_"): " "}
"""Before words are cut: loose accents, tatweel and unseen signs go, digits become European."""

_ARABIC = str.maketrans({"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ٱ": "ا"})

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7a3\u3005"
"""Chinese, Japanese, Korean signs: written without blanks, so found by pairs."""

_HAS_CJK = re.compile(f"[{CJK}]")
_GAPS = re.compile(rf"(?<=[{CJK}])\s+(?=[{CJK}])")
_ASCII_WORD = re.compile(rf"[a-z0-9]{{1,{LONGEST_WORD}}}")
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
        return _ASCII_WORD.findall(text.lower())
    text = normalize("NFKC", normalize("NFKC", text).casefold()).translate(_TIDY)
    if _HAS_CJK.search(text):
        return _MIXED.findall(_GAPS.sub("", text))
    return _WORD.findall(text)


def fold(words: str) -> str:
    """Fold accents away, and the spellings of one Arabic letter into one."""
    if words.isascii():
        return words
    bare = normalize("NFD", words).translate(_STRIP)
    return normalize("NFC", bare).translate(_ARABIC)


def is_cjk(word: str) -> bool:
    """Test whether a word is a run of signs that is found by pairs."""
    return _HAS_CJK.match(word) is not None


def pairs(run: str) -> list[str]:
    """
    Cut a run of signs into overlapping pairs, with the last sign alone at its end.

    So a word of two signs is one term, and a single sign is found as the start of a term.
    """
    return [run[n : n + 2] for n in range(len(run))]


def terms(words: list[str]) -> list[str]:
    """Turn plain words into the terms of the index, in their order."""
    folded = fold(" ".join(words)).split(" ") if words else []
    if all(word.isascii() for word in folded):
        return folded
    if not any(map(is_cjk, folded)):
        return folded
    return [term for word in folded for term in (pairs(word) if is_cjk(word) else (word,))]
