"""
Mail as it came, but for the domains of addresses: what readers who are not signed in may save.

An address keeps its local part and gets a domain that leads nowhere, made with a secret: whoever
takes the copy in has the same threads, authors and pages, and nobody's address.
"""

import hmac
import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Callable
from html import unescape

from intersession.lists.rules.charsets import codec, unfolded
from intersession.lists.rules.composing.words import encoded
from intersession.lists.rules.mime import Part, leaves, part_of

_AT = rb"(?:@|%40|&(?:commat;|#0{0,6}64;?|#x0{0,6}40;))"
_LETTER = (
    rb"&#(?:x0{0,6}(?:2[de]|3\d|[46][1-9a-f]|[57][0-9a]|5f)"
    rb"|0{0,6}(?:4[5-9]|5[0-7]|6[5-9]|[78]\d|9[057-9]|1[01]\d|12[0-2]));"
)
"""A letter, digit, dot, dash or underscore as HTML may write it."""
_LABEL = rb"(?:[\w-]++|%s)++" % _LETTER
_DOMAIN = rb"(?<=[\w.+%%=;\x80-\xff-])(?P<at>%s)(?P<domain>%s(?:\.%s)*+)" % (_AT, _LABEL, _LABEL)
"""Nothing in it is read twice: a hostile mail takes as long as any other."""
_KEPT = rb"^(?:message-id|in-reply-to|references|resent-message-id)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*"
_ADDRESS = re.compile(_DOMAIN, re.IGNORECASE)
_WORD = rb"=\?[^?\s]{1,60}\?[bq]\?[^?\n]*\?="
_WORDS = rb"(?P<words>%s(?:\s+%s)*)" % (_WORD, _WORD)
_IN_FIELDS = re.compile(rb"(?im)%s|%s|%s" % (_KEPT, _DOMAIN, _WORDS))
_LOCAL = re.compile(rb"[\w.+%&'*/=?^{|}~#$!\x80-\xff-]{1,64}\Z")
_VEIL = re.compile(rb"[0-9a-f]{16}\.invalid\Z")
_ENCODED = re.compile(rb"base64|quoted-printable|utf-?(?:7|16|32)", re.IGNORECASE)
_WIDE = re.compile(r"utf-(?:7|16|32)")
_HEAD_END = re.compile(rb"\n\r?\n")

type Veil = Callable[[re.Match[bytes]], bytes]


def veiled(raw: bytes, secret: bytes, *, but: str = "") -> bytes:
    """
    Return a raw message in which every address has a domain that ends in `.invalid` (RFC 2606).

    The same address always gets the same, also where HTML or a link writes its signs in another way
    (`&#64;`, `%40`). Ids of messages stay, and so does `but`, the address of
    the list. Text is opened where it is encoded for transfer; files stay as they came, as on the
    pages. Signatures over the message break.
    """
    veil = _veil(secret, but.encode().lower())
    if _ENCODED.search(raw):
        raw = _opened(raw, veil)
    end = _HEAD_END.search(raw)
    cut = end.start() if end else len(raw)
    return _IN_FIELDS.sub(veil, raw[:cut]) + _ADDRESS.sub(veil, raw[cut:])


def _veil(secret: bytes, but: bytes) -> Veil:
    def one(found: re.Match[bytes]) -> bytes:
        if found.lastgroup == "words":
            return _worded(found[0], one)
        domain = found["domain"]
        if domain is None or _VEIL.match(domain):
            return found[0]  # an id of a message, or veiled before
        start = found.start()
        local = _LOCAL.search(found.string[max(0, start - 64) : start])
        address = b"%s@%s" % (local[0] if local else b"", _plain(domain))
        if (address := address.lower()) == but:
            return found[0]
        at = found["at"].rstrip(b";") + b";" if found["at"][:1] == b"&" else found["at"]
        return at + b"%s.invalid" % hmac.digest(secret, address, "sha256").hex()[:16].encode()

    return one


def _plain(domain: bytes) -> bytes:
    """Write a domain without what stands for letters in HTML."""
    return unescape(domain.decode("latin-1")).encode("latin-1") if b"&" in domain else domain


def _worded(words: bytes, veil: Veil) -> bytes:
    """Veil what stands in encoded words (RFC 2047), which are written anew only where they must."""
    told = unfolded(words.decode("ascii", "surrogateescape")).encode()
    hidden = _ADDRESS.sub(veil, told)
    return words if hidden == told else b" ".join(encoded(hidden.decode("utf-8", "replace")))


def _opened(raw: bytes, veil: Veil) -> bytes:
    """Veil the texts that are encoded, each in its place."""
    pieces, done = [], 0
    for part in leaves(part_of(raw)):
        again = _encoder(part)
        if again is None or not part.body or (start := raw.find(part.body, done)) < 0:
            continue
        text = part.octets()
        hidden = _veiled_text(text, codec(part.charset), veil)
        if hidden != text:
            pieces += [raw[done:start], again(hidden)]
            done = start + len(part.body)
    return b"".join([*pieces, raw[done:]])


def _veiled_text(text: bytes, charset: str, veil: Veil) -> bytes:
    """Veil a text; one that is not written in ASCII and more is read and written anew."""
    if not _WIDE.match(charset):
        return _ADDRESS.sub(veil, text)
    told = text.decode(charset, "replace").encode("utf-8", "replace")
    hidden = _ADDRESS.sub(veil, told)
    return text if hidden == told else hidden.decode().encode(charset)


def _encoder(part: Part) -> Callable[[bytes], bytes] | None:
    """Return how the text of a part is encoded for transfer; None where it is no such text."""
    if not part.kind.startswith("text/"):
        return None
    way = part.fields.get("content-transfer-encoding", "").strip().lower()
    ways: dict[str, Callable[[bytes], bytes]] = {"base64": encodebytes, "quoted-printable": b2a_qp}
    return ways.get(way) or (bytes if _WIDE.match(codec(part.charset)) else None)
