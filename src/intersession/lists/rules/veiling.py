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

from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.composing.words import encoded
from intersession.lists.rules.mime import Part, leaves, part_of

_DOMAIN = rb"(?<=[\w.+%=\x80-\xff-])@([\w-]+(?:\.[\w-]+)*)"
_KEPT = rb"^(?:message-id|in-reply-to|references|resent-message-id)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*"
_ADDRESS = re.compile(_DOMAIN)
_WORD = rb"=\?[^?\s]{1,60}\?[bq]\?[^?\n]*\?="
_WORDS = rb"(?P<words>%s(?:\s+%s)*)" % (_WORD, _WORD)
_IN_FIELDS = re.compile(rb"(?im)%s|%s|%s" % (_KEPT, _DOMAIN, _WORDS))
_LOCAL = re.compile(rb"[\w.+%&'*/=?^{|}~#$!\x80-\xff-]{1,64}\Z")
_VEIL = re.compile(rb"[0-9a-f]{16}\.invalid\Z")
_ENCODED = re.compile(rb"base64|quoted-printable", re.IGNORECASE)
_HEAD_END = re.compile(rb"\n\r?\n")

type Veil = Callable[[re.Match[bytes]], bytes]


def veiled(raw: bytes, secret: bytes, *, but: str = "") -> bytes:
    """
    Return a raw message in which every address has a domain that ends in `.invalid` (RFC 2606).

    The same address always gets the same. Ids of messages stay, and so does `but`, the address of
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
        domain = found[1]
        if domain is None or _VEIL.match(domain):
            return found[0]  # an id of a message, or veiled before
        start = found.start()
        local = _LOCAL.search(found.string[max(0, start - 64) : start])
        address = ((local[0] if local else b"") + found[0]).lower()
        if address == but:
            return found[0]
        return b"@%s.invalid" % hmac.digest(secret, address, "sha256").hex()[:16].encode()

    return one


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
        hidden = _ADDRESS.sub(veil, text)
        if hidden != text:
            pieces += [raw[done:start], again(hidden)]
            done = start + len(part.body)
    return b"".join([*pieces, raw[done:]])


def _encoder(part: Part) -> Callable[[bytes], bytes] | None:
    """Return how the text of a part is encoded for transfer; None where it is no such text."""
    if not part.kind.startswith("text/"):
        return None
    way = part.fields.get("content-transfer-encoding", "").strip().lower()
    ways: dict[str, Callable[[bytes], bytes]] = {"base64": encodebytes, "quoted-printable": b2a_qp}
    return ways.get(way)
