"""Our signature on every copy (DKIM, RFC 6376) and our seal on every post (ARC, RFC 8617)."""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from intersession.lists.rules.composing.heads import Head, name_of, value_of
from intersession.lists.rules.composing.results import CHAIN, highest, instance_of

INSTANCES = 50
"""A chain has no more sets (RFC 8617, 4.2.1)."""

_GUARDED = (
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"sender",
    b"in-reply-to", b"references", b"mime-version", b"content-type",
    b"content-transfer-encoding", b"list-id", b"list-post", b"list-help", b"list-subscribe",
    b"list-owner", b"list-archive", b"archived-at", b"precedence",
)  # fmt: skip
"""Fields that are signed as they are, and once more, so that none can be added (RFC 6376, 8.15)."""
_OWN = (b"list-unsubscribe", b"list-unsubscribe-post")
"""What differs from copy to copy, signed last (RFC 8058, 4)."""
_MOST = 20
"""Fields of one name that are signed; who writes more of one does so to tire us."""

_STRAY = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_BLANKS = re.compile(rb"[ \t]+")
_PADDING = padding.PKCS1v15()
_HASHED = Prehashed(hashes.SHA256())

type Key = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def make_key() -> tuple[str, str]:
    """Make a key of RSA with 2,048 bits: the private half as PEM, the other as a DNS record."""
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode(), dns_record(pem.decode())


def dns_record(pem: str) -> str:
    """Write the record by which others check what a key signed (RFC 6376, 3.6.1; RFC 8463, 4)."""
    public = loaded(pem).public_key()
    if isinstance(public, rsa.RSAPublicKey):
        octets = public.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return f"v=DKIM1; k=rsa; p={b64encode(octets).decode()}"
    octets = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return f"v=DKIM1; k=ed25519; p={b64encode(octets).decode()}"


@lru_cache(maxsize=64)
def loaded(pem: str) -> Key:
    """Read a private key, once. Raises ValueError for one that is not RSA or Ed25519."""
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey):
        raise ValueError("Mail is signed with RSA or Ed25519.")  # noqa: TRY004 (a bad value)
    return key


def wire(octets: bytes) -> bytes:
    """End every line as SMTP does (RFC 5321, 2.3.8); a return that ends none becomes a blank."""
    breaks = octets.count(b"\r\n")
    if octets.count(b"\n") == breaks == octets.count(b"\r"):
        return octets
    return _STRAY.sub(lambda found: b"\r\n" if found[0] == b"\n" else b" ", octets)


def body_hash(body: bytes) -> bytes:
    """Hash a body, relaxed (RFC 6376, 3.4.4), as it will be on the wire. Once per post."""
    stripped = unblanked(ended(wire(body))).rstrip(b"\r\n")
    return sha256(stripped + b"\r\n" if stripped else b"").digest()


def unblanked(body: bytes) -> bytes:
    """
    Make each run of blanks one, and none before a line end, as relaxed hashes want it.

    A pattern takes the square of a long run in time, and forty times the body in memory.
    """
    body = body.replace(b"\t", b" ")
    while b"  " in body:
        body = body.replace(b"  ", b" ")
    return body.replace(b" \r\n", b"\r\n")


def ended(body: bytes) -> bytes:
    """End the last line of a body, as the end of data does on the wire (RFC 5321, 4.1.1.4)."""
    return body if not body or body.endswith(b"\r\n") else body + b"\r\n"


def relaxed(field: bytes) -> bytes:
    """Write a field as it is hashed (RFC 6376, 3.4.2)."""
    return name_of(field) + b":" + _BLANKS.sub(b" ", value_of(wire(field))).strip() + b"\r\n"


@dataclass(frozen=True, slots=True)
class Signer:
    """A key of a domain, and where its public half is found. The key is PEM."""

    domain: str
    selector: str
    key: str

    @property
    def algorithm(self) -> bytes:
        """How this key signs."""
        is_rsa = isinstance(loaded(self.key), rsa.RSAPrivateKey)
        return b"rsa-sha256" if is_rsa else b"ed25519-sha256"

    def sign(self, head: Head | bytes, body_hash: bytes, at: int) -> bytes:
        """Write the DKIM-Signature of a copy whose head is whole; `at` in seconds since 1970."""
        fields = (head if isinstance(head, Head) else Head.of(head)).fields
        own = [one for one in fields if name_of(one) in _OWN]
        rest = [one for one in fields if name_of(one) not in _OWN]
        return Prepared(self, rest, body_hash, at).sign(own)

    def sealed(self, digest: bytes) -> bytes:
        """Sign a digest, in base 64 folded to lines."""
        key = loaded(self.key)
        if isinstance(key, rsa.RSAPrivateKey):
            return b64encode(key.sign(digest, _PADDING, _HASHED))
        return b64encode(key.sign(digest))


class Prepared:
    """All of a signature that the copies of one post share. Each adds its own two fields."""

    def __init__(self, signer: Signer, fields: Sequence[bytes], body_hash: bytes, at: int) -> None:
        names, signed = chosen(fields, _GUARDED)
        self._signer = signer
        self._hash = sha256(b"".join(map(relaxed, signed)))
        start = (
            b"DKIM-Signature: v=1; a=" + signer.algorithm + b"; c=relaxed/relaxed;\r\n d="
            + signer.domain.encode() + b"; s=" + signer.selector.encode()
            + b"; t=%d;\r\n h=" % at
        )  # fmt: skip
        self._start = start
        self._names = names
        self._end = b";\r\n bh=" + b64encode(body_hash) + b";\r\n b="
        self._shapes: dict[tuple[bytes, ...], tuple[bytes, bytes]] = {}

    def sign(self, own: Sequence[bytes]) -> bytes:
        """Write the signature of a copy with these fields of its own, on lines that are ended."""
        line, canonical = self._shape(tuple(map(name_of, own)))
        state = self._hash.copy()
        for field in reversed(own):
            state.update(relaxed(field))
        state.update(canonical)
        return line + folded(self._signer.sealed(state.digest())) + b"\r\n"

    def _shape(self, own: tuple[bytes, ...]) -> tuple[bytes, bytes]:
        """Give the signature up to its last tag, and its form for the hash: made once."""
        if own not in self._shapes:
            names = [*self._names, *reversed(own), *_OWN]
            line = self._start + listed(names) + self._end
            self._shapes[own] = line, relaxed(line).rstrip(b"\r\n")
        return self._shapes[own]


def seal(
    head: Head, body_hash: bytes, signer: Signer, *, results: str, chain: str, at: int
) -> tuple[bytes, ...]:
    """
    Write our set of a chain: seal, signature and results, to be put before all other fields.

    `results` are ours, with our name first (RFC 8601); `chain` is what we found the chain to be:
    `none`, `pass` or `fail`. A chain that is not whole is sealed as failed, whatever was found;
    one that has ended, by failing before us or by its fiftieth set, is not sealed: ().
    """
    before = [one for one in head.fields if name_of(one) in CHAIN]
    instance = highest(head) + 1
    if instance > INSTANCES or _has_failed(before):
        return ()
    passed = chain == "pass" and _is_whole(before, instance - 1)
    verdict = b"none" if not before else b"pass" if passed else b"fail"
    number = b"i=%d; " % instance
    told = b"ARC-Authentication-Results: " + number + _told(results)
    signature = _message_signature(head, body_hash, signer, number, at)
    start = (
        b"ARC-Seal: " + number + b"a=" + signer.algorithm + b"; t=%d; cv=" % at + verdict
        + b";\r\n d=" + signer.domain.encode() + b"; s=" + signer.selector.encode() + b";\r\n b="
    )  # fmt: skip
    covered = _in_order(before) if verdict == b"pass" else []
    hashed = b"".join(map(relaxed, (*covered, told, signature, start))).rstrip(b"\r\n")
    return start + folded(signer.sealed(sha256(hashed).digest())), signature, told


def _message_signature(
    head: Head, body_hash: bytes, signer: Signer, number: bytes, at: int
) -> bytes:
    """Sign what the post is when it leaves us, without what differs from copy to copy."""
    names, signed = chosen(head.fields, (*_GUARDED, b"dkim-signature"), once_more=False)
    start = (
        b"ARC-Message-Signature: " + number + b"a=" + signer.algorithm
        + b"; c=relaxed/relaxed;\r\n d=" + signer.domain.encode() + b"; s="
        + signer.selector.encode() + b"; t=%d;\r\n h=" % at + listed(names)
        + b";\r\n bh=" + b64encode(body_hash) + b";\r\n b="
    )  # fmt: skip
    hashed = b"".join(map(relaxed, (*signed, start))).rstrip(b"\r\n")
    return start + folded(signer.sealed(sha256(hashed).digest()))


def chosen(
    fields: Sequence[bytes], guarded: Iterable[bytes], *, once_more: bool = True
) -> tuple[list[bytes], list[bytes]]:
    """Choose the fields to sign, each name from the lowest field up (RFC 6376, 5.4.2)."""
    names, signed = list[bytes](), list[bytes]()
    by_name: dict[bytes, list[bytes]] = {}
    for one in reversed(fields):
        by_name.setdefault(name_of(one), []).append(one)
    for name in guarded:
        there = by_name.get(name, [])
        signed += there[:_MOST]
        names += [name] * min(_MOST, len(there) + once_more)
    return names, signed


def listed(names: Iterable[bytes]) -> bytes:
    """Write names of fields with colons, folded."""
    lines, line = list[bytes](), b""
    for name in names:
        if line and len(line) + len(name) > 70:
            lines.append(line)
            line = b""
        line += name + b":"
    return b"\r\n ".join((*lines, line))[:-1]


def folded(letters: bytes) -> bytes:
    """Fold base 64 to lines of 72."""
    return b"\r\n ".join([letters[start : start + 72] for start in range(0, len(letters), 72)])


def _told(results: str) -> bytes:
    """Write results on lines of their own, without what could begin another field."""
    parts = [" ".join(part.split()) for part in results.split(";")]
    return ";\r\n ".join(filter(None, parts)).encode("utf-8", "replace")


def _in_order(chain: Iterable[bytes]) -> list[bytes]:
    """Sort sets as a seal covers them (RFC 8617, 5.1.1)."""
    order = (b"arc-authentication-results", b"arc-message-signature", b"arc-seal")
    return sorted(chain, key=lambda one: (instance_of(one), order.index(name_of(one))))


def _is_whole(chain: Sequence[bytes], sets: int) -> bool:
    """Test whether each set is there, with its three fields, once."""
    there = sorted((instance_of(one), name_of(one)) for one in chain)
    return there == [(number, name) for number in range(1, sets + 1) for name in sorted(CHAIN)]


def _has_failed(chain: Iterable[bytes]) -> bool:
    """Test whether the chain had failed before it came to us: it has ended then."""
    return any(
        name_of(one) == b"arc-seal" and re.search(rb"(?:\A|;)\s*cv\s*=\s*fail", value_of(one), re.I)
        for one in chain
    )
