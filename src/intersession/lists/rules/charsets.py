"""Bytes of mail as text, whatever they claim to be. Nothing here raises."""

import binascii
import re
from base64 import b64decode
from codecs import lookup
from functools import lru_cache

ALIASES = {
    "ascii": "utf-8", "us-ascii": "utf-8", "ansi_x3.4-1968": "utf-8", "unknown-8bit": "utf-8",
    "x-unknown": "utf-8", "default": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "gb2312": "gb18030",
    "gbk": "gb18030", "gb_2312-80": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "ks_c_5601": "cp949", "big5": "big5hkscs", "shift_jis": "cp932", "x-sjis": "cp932",
    "sjis": "cp932", "iso-2022-jp": "iso2022_jp_ext", "unicode-1-1-utf-7": "utf-7",
    "windows-874": "cp874", "tis-620": "cp874", "x-mac-roman": "mac_roman", "cp-850": "cp850",
}  # fmt: skip
"""What a label means in practice: its superset, as the Encoding Standard reads labels."""

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(=\?)")
_QUOTED = re.compile(rb"=([0-9A-Fa-f]{2})")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@lru_cache(maxsize=256)
def codec(label: str) -> str:
    """Name the codec of a charset label; UTF-8 for one that nobody knows."""
    name = label.strip(" \"'").partition("*")[0].lower()
    name = ALIASES.get(name, name)
    try:
        found = lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return "utf-8"
    return found.name if found.name not in NOT_TEXT else "utf-8"


NOT_TEXT = {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode"}
NOT_TEXT |= {"undefined", "unicode_escape", "raw_unicode_escape", "raw-unicode-escape"}
NOT_TEXT |= {"unicode-escape", "mbcs", "oem"}


def decoded(octets: bytes, label: str = "utf-8") -> str:
    """
    Read bytes as text: by their label, else as UTF-8, else as Windows-1252.

    Signs no text has (NUL and other controls) are taken out.
    """
    name = codec(label)
    for attempt in (name, "utf-8") if name != "cp1252" else ("utf-8", name):
        try:
            return clean(octets.decode(attempt))
        except (UnicodeError, ValueError, LookupError):
            continue
    fallback = name if name not in ("utf-8", "ascii") else "cp1252"
    return clean(octets.decode(fallback, "replace"))


def clean(text: str) -> str:
    """Take out control signs and half characters."""
    return _CONTROLS.sub("", text) if not text.isprintable() else text


def unfolded(header: str) -> str:
    """Read a header as text on one line: raw 8-bit bytes, encoded words (RFC 2047), folding."""
    if not header.isascii():
        header = decoded(header.encode("utf-8", "surrogateescape"))
    if "=?" in header:
        header = _WORD.sub(_word, _BETWEEN.sub(r"\1\2", header))
    return clean(" ".join(header.split()))


def _word(found: re.Match[str]) -> str:
    label, way, payload = found.groups()
    octets = payload.encode("utf-8", "surrogateescape")
    if way in "bB":
        try:
            octets = b64decode(octets + b"=" * (-len(octets) % 4))
        except (binascii.Error, ValueError):
            return found[0]
    else:
        octets = _QUOTED.sub(lambda code: bytes([int(code[1], 16)]), octets.replace(b"_", b" "))
    return decoded(octets, label)
