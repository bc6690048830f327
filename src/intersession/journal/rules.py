"""How an entry is hashed and linked. Plain values in, hexadecimal SHA-256 out."""

from collections.abc import Mapping
from hashlib import sha256
from json import dumps
from typing import Any

GENESIS = "0" * 64


def canonical(body: Mapping[str, Any]) -> bytes:
    """Write a body as JSON with sorted keys, no blanks, UTF-8: the same bytes everywhere."""
    return dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def body_hash(body: Mapping[str, Any], salt: str) -> str:
    """Hash the body of an entry; a private one carries a salt, so that it cannot be guessed."""
    return sha256(bytes.fromhex(salt) + canonical(body)).hexdigest()


def link(previous: str, body: str) -> str:
    """Link a body's hash to the hash before it."""
    return sha256(bytes.fromhex(previous) + bytes.fromhex(body)).hexdigest()


def salted_digest(content: str, salt: str) -> str:
    """Digest personal content under the salt that is kept beside it, and erased with it."""
    return sha256(bytes.fromhex(salt) + content.encode()).hexdigest()
