"""Who a message is: its id, the hash in its address, and the digest of its content."""

import re
from base64 import b32decode, b32encode
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha1, sha256

REFERENCES = 32
"""How many references count: the first, and the last 31. Long chains say nothing new."""
ID_LENGTH = 400
WHOLE, FORGOTTEN = 32, 16
"""Bytes of the digest of a message, and of what is kept of it once something was taken out."""

_ID = re.compile("<([^<>\\s\x00-\x1f\x7f\ud800-\udfff]{1,400})>")
_BARE = re.compile("[^<>\\s\x00-\x1f\x7f\ud800-\udfff]{1,400}\\Z")


def message_id(header: str) -> str:
    """Read a Message-ID without its brackets; empty where there is none worth the name."""
    if found := _ID.search(header):
        return found[1]
    bare = header.strip().strip("<>")
    return bare if "@" in bare and _BARE.match(bare) else ""


def made_id(content: bytes) -> str:
    """Make a stable id for a message that came without one, from the digest of its content."""
    return f"{content.hex()[:40]}@content.invalid"


def references(chain: str, answered: str) -> tuple[str, ...]:
    """
    Read the ids a message names, oldest first, each once: References, else In-Reply-To.

    Of a chain longer than REFERENCES the first and the last ones count (RFC 5322, 3.6.4).
    """
    found = list(dict.fromkeys(_ID.findall(chain))) or _ID.findall(answered)[:1]
    if len(found) > REFERENCES:
        found = [found[0], *found[1 - REFERENCES :]]
    return tuple(found)


def permalink(name: str) -> str:
    """Hash a message-id for its address: SHA-1 in base 32, 32 letters (as X-Message-ID-Hash)."""
    return b32encode(sha1(name.encode("utf-8", "replace"), usedforsecurity=False).digest()).decode()


def imposter_name(name: str, content: bytes) -> str:
    """Name a message that bears the id of another one, so that both have an address."""
    return f"{name} {content.hex()}"


def node(link: str) -> int:
    """Shorten a permalink to the signed 64-bit number by which threads are tied."""
    return int.from_bytes(b32decode(link)[:8], "big", signed=True)


@lru_cache(maxsize=2_000)
def node_of(name: str) -> int:
    """Shorten a message-id to the number by which threads are tied."""
    digest = sha1(name.encode("utf-8", "replace"), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def subject_node(subject: str) -> int:
    """
    Return the number of a message that nobody has, which all posts of a subject shall name.

    `subject` is without the marks of replies. 0 for a subject that says nothing.
    """
    words = " ".join(subject.casefold().split())
    return node_of(f"\0subject\0{words}") if words else 0


def is_permalink(text: str) -> bool:
    """Test whether a piece of an address can be the hash of a message."""
    return len(text) == 32 and re.fullmatch(r"[A-Z2-7]{32}", text) is not None


def pack(nodes: Iterable[int]) -> bytes:
    """Write node numbers as bytes, eight each."""
    return b"".join(number.to_bytes(8, "big", signed=True) for number in nodes)


def unpack(packed: bytes) -> tuple[int, ...]:
    """Read node numbers back from bytes."""
    return tuple(
        int.from_bytes(packed[start : start + 8], "big", signed=True)
        for start in range(0, len(packed), 8)
    )


def content_digest(fields: Iterable[str], body: bytes) -> bytes:
    """
    Digest what a message says: the fields its author wrote, and the body.

    Line ends, blanks at the end and what servers add on the way do not count, so that the copies
    of one message in two archives are one.
    """
    written = " ".join("\0".join(fields).split())
    digest = sha256(written.encode("utf-8", "surrogateescape"))
    digest.update(b"\n")
    digest.update(body.replace(b"\r\n", b"\n").rstrip())
    return digest.digest()
