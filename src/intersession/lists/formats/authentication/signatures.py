"""Signatures of domains (DKIM, RFC 6376 and 8301) and chains of seals (ARC, RFC 8617), verified."""

import logging
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from dkim import ARC, DKIM, DKIMException, DnsTimeoutError, NaClNotFoundError
from dkim.util import InvalidTagValueList, parse_tag_value

from intersession.lists.formats.authentication.domains import ascii_domain, is_aligned
from intersession.lists.formats.resolver import Resolver, Silent
from intersession.lists.formats.signing import unblanked
from intersession.lists.rules.judging import Finding

SIGNATURES = 5
"""Signatures that are verified, those of the From domain first."""
CHAIN = 10
"""Sets of a chain that are verified; longer ones count as failed."""
HEAD = 128_000
FIELDS = 1_000
"""A head of more octets or fields is not verified: it serves to tire us."""
FIELD = 10_000
KEY = 1_000
"""A key record is not longer; one of RSA with 4,096 bits has 740 octets."""

_END = re.compile(rb"\r?\n\r?\n")
_LONG_BLANK = re.compile(rb"\s{80}")
_QUIET = logging.getLogger(__name__)
_QUIET.setLevel(logging.CRITICAL + 1)
"""The library tells every failure to a log as an error; here a failure is a result."""


class _Keys:
    """The keys that were asked for, and whether DNS stayed silent."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self.was_silent = False
        self.last = b""

    def __call__(self, name: bytes, timeout: float = 0) -> bytes | None:
        self.last = b""
        try:
            texts = self._resolver.txt(name.decode("ascii"))
        except UnicodeDecodeError:
            return None
        except Silent as silence:
            self.was_silent = True
            raise DnsTimeoutError(str(silence)) from silence
        self.last = texts[0] if texts and len(texts[0]) <= KEY else b""
        return self.last or None


@dataclass(frozen=True, slots=True)
class _Signature:
    place: int
    tags: dict[bytes, bytes]

    @property
    def domain(self) -> str:
        return ascii_domain(self.tags.get(b"d", b"").decode("utf-8", "replace"))

    @property
    def is_relaxed(self) -> bool:
        return _has_relaxed_body(self.tags)


class _Ed25519:
    """A public key in the shape that the library asks; it notes what it found."""

    def __init__(self, letters: bytes) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(b64decode(letters))
        self.holds = False

    def verify(self, digest: bytes, signature: bytes) -> None:
        """Check a signature, once."""
        with suppress(InvalidSignature):
            self._key.verify(signature, digest)
            self.holds = True


class Signed:
    """A mail with its signatures, ready to be verified."""

    def __init__(self, raw: bytes, resolver: Resolver) -> None:
        """Read a mail. Raises DKIMException and others for what cannot be read as one."""
        end = _END.search(raw)
        self._head = raw[: end.end()] if end else raw
        if len(self._head) > HEAD:
            raise DKIMException("The head is too large.")
        # The library would cut the body into lines and join them: many times its size in memory.
        body = raw[end.end() :] if end else b""
        self._body = body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        self._mail = DKIM(self._head, logger=_QUIET)
        if len(self._mail.headers) > FIELDS:
            raise DKIMException("There are too many fields.")
        self._canonical: bytes | None = None
        self._resolver = resolver

    def froms(self) -> list[str]:
        """Return the From fields as the verifier sees them, which others may read differently."""
        return [
            value.decode("ascii", "surrogateescape")
            for name, value in self._mail.headers
            if name.lower() == b"from"
        ]

    def dkim(self, author: str) -> Iterator[Finding]:
        """Verify the signatures, those aligned with a domain first."""
        found = [*self._signatures()]
        found.sort(key=lambda one: not is_aligned(one.domain, author))
        for signature in found[:SIGNATURES]:
            yield self._verified(signature)

    def holds(self, place: int) -> bool:
        """Test whether the signature at a place, counted from the top, does not fail."""
        here = [one for one in self._signatures() if one.place == place < SIGNATURES]
        return any(self._verified(one).result not in ("fail", "permerror") for one in here)

    def arc(self) -> str:
        """Verify the chain: `none` where there is none, else `pass` or `fail`."""
        sets = [value for name, value in self._mail.headers if name.lower() in ARC.ARC_HEADERS]
        if not sets:
            return "none"
        if len(sets) > 3 * CHAIN or any(map(_is_tiring, sets)):
            return "fail"
        signatures = [
            tags
            for name, value in self._mail.headers
            if name.lower() == b"arc-message-signature" and (tags := _tags(value))
        ]
        if not all(_has_relaxed_body(tags) or b"c" not in tags for tags in signatures):
            return "fail"
        return _verdict(self._chain)

    def _chain(self) -> str:
        chain = ARC(self._head, logger=_QUIET)
        chain.body = self._relaxed_body()
        verify = chain.verify_sig

        def verify_ready(tags: dict[bytes, bytes], *others: object) -> object:
            return verify(_as_it_is(tags, chain.body) if b"bh" in tags else tags, *others)

        chain.verify_sig = verify_ready
        verdict, _results, _why = chain.verify(dnsfunc=_Keys(self._resolver))
        return "pass" if verdict == b"pass" else "fail"

    def _signatures(self) -> Iterator[_Signature]:
        mine = [value for name, value in self._mail.headers if name.lower() == b"dkim-signature"]
        for place, value in enumerate(mine):
            if not _is_tiring(value) and (tags := _tags(value)):
                yield _Signature(place, tags)

    def _verified(self, signature: _Signature) -> Finding:
        tags, keys = signature.tags, _Keys(self._resolver)
        self._mail.body = self._relaxed_body() if signature.is_relaxed else self._body
        if why := _unfit(tags, self._mail.body):
            return _finding(signature, "policy", why)
        verdict = _verdict(lambda: self._verify(signature, keys))
        if keys.was_silent:
            return _finding(signature, "temperror", "DNS did not answer")
        if verdict == "pass" and (why := _unfit_key(keys.last, tags)):
            return _finding(signature, "policy", why)
        return _finding(signature, verdict)

    def _verify(self, signature: _Signature, keys: _Keys) -> str:
        mail = self._mail
        tags, names, fields = mail.verify_headerprep(signature.place)
        tags = _as_it_is(tags, mail.body) if signature.is_relaxed else tags
        field = fields[signature.place]
        try:
            holds = mail.verify_sig(tags, [*names], field, keys)
        except NaClNotFoundError:
            holds = self._verify_ed25519(tags, names, field, keys)
        return "pass" if holds else "fail"

    def _verify_ed25519(
        self, tags: dict[bytes, bytes], names: list[bytes], field: object, keys: _Keys
    ) -> bool:
        """Verify by the library's sums and our own key (RFC 8463), for want of its own."""
        if tags[b"a"] != b"ed25519-sha256":
            return False
        mail, key = self._mail, _Ed25519(_tags(keys.last).get(b"p", b""))
        mail.pk, mail.keysize, mail.ktag, mail.seqtlsrpt = key, 256, b"ed25519", False
        mail.verify_sig_process(tags, names, field, keys)
        return key.holds

    def _relaxed_body(self) -> bytes:
        """Write the body as relaxed signatures hash it (RFC 6376, 3.4.4), for all of them once."""
        if self._canonical is None:
            self._canonical = unblanked(self._body)
        return self._canonical


def _as_it_is(tags: dict[bytes, bytes], body: bytes) -> dict[bytes, bytes]:
    """
    Let the library take a relaxed body as it is, which spares it the same work by slow patterns.

    But not an empty one: simple is an empty line, relaxed is nothing.
    """
    if not body.strip(b"\r\n"):
        return tags
    way = tags.get(b"c", b"relaxed/relaxed").partition(b"/")[0]
    return {**tags, b"c": way + b"/simple"}


def _verdict(verify: Callable[[], str]) -> str:
    try:
        return verify()
    except DKIMException:
        return "fail"
    except Exception:  # whatever a library makes of hostile bytes: they do not verify
        return "permerror"


def _is_tiring(value: bytes) -> bool:
    return len(value) > FIELD or _LONG_BLANK.search(value) is not None


def _tags(value: bytes) -> dict[bytes, bytes]:
    try:
        return dict(parse_tag_value(value))
    except (InvalidTagValueList, ValueError, IndexError):
        return {}


def _has_relaxed_body(tags: dict[bytes, bytes]) -> bool:
    return tags.get(b"c", b"").partition(b"/")[2].strip() == b"relaxed"


def _unfit(tags: dict[bytes, bytes], body: bytes) -> str:
    """Say why a signature proves nothing, whatever it is worth as a sum."""
    names = [name.strip().lower() for name in tags.get(b"h", b"").split(b":")]
    if b"from" not in names:
        return "From is not signed"
    if tags.get(b"a", b"").endswith(b"sha1"):
        return "SHA-1 proves nothing (RFC 8301)"
    length = tags.get(b"l")
    if length is not None and not (length.isdigit() and int(length[:12]) >= len(body.rstrip())):
        return "a part of the body is not signed"
    return ""


def _unfit_key(record: bytes, tags: dict[bytes, bytes]) -> str:
    """Say why a key proves nothing: only tested, for other hashes, not for subdomains (3.6.1)."""
    key = _tags(record)
    flags = [flag.strip() for flag in key.get(b"t", b"").split(b":")]
    if b"y" in flags:
        return "the domain only tests its key"
    hashes = [one.strip() for one in key.get(b"h", b"sha256").split(b":")]
    if b"sha256" not in hashes:
        return "the key is for other hashes"
    identity = tags.get(b"i", b"@" + tags[b"d"]).rpartition(b"@")[2].lower()
    if b"s" in flags and identity != tags[b"d"].lower():
        return "the key is not for subdomains"
    return ""


def _finding(signature: _Signature, result: str, why: str = "") -> Finding:
    selector = signature.tags.get(b"s", b"").decode("utf-8", "replace")
    start = re.sub(rb"\s+", b"", signature.tags.get(b"b", b""))[:8].decode("utf-8", "replace")
    told = (("header.d", signature.domain), ("header.s", selector), ("header.b", start))
    return Finding("dkim", result, tuple((name, value) for name, value in told if value), why)
