"""How an entry is hashed and linked. Plain values in, hexadecimal SHA-256 out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from json import JSONEncoder, loads
from typing import Any

GENESIS = "0" * 64

_canonical = JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical(body: Mapping[str, Any]) -> bytes:
    """Write a body as JSON with sorted keys, no blanks, UTF-8: the same bytes everywhere."""
    return _canonical(body).encode()


def _no_fraction(number: str) -> float:
    raise ValueError(f"The record takes no fraction ({number}): give it as text.")


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the values as every database gives them back: text, whole numbers, lists, yes and no.

    Raises ValueError on a fraction, which databases write in different ways, and TypeError on
    anything that is no JSON.
    """
    taken: dict[str, Any] = loads(_canonical(values), parse_float=_no_fraction) if values else {}
    return taken


def moment(at: datetime) -> str:
    """Write a moment in UTC, the same wherever it was read."""
    return at.astimezone(UTC).isoformat()


def body(
    *,
    number: int,
    at: datetime,
    actor: int | None,
    verb: str,
    thing: str,
    scope: str,
    title: str,
    url: str,
    facts: Mapping[str, Any],
    digests: Mapping[str, str],
) -> dict[str, Any]:
    """Return what is hashed of an entry, and what the public export shows of it."""
    return {
        "number": number,
        "at": moment(at),
        "actor": actor,
        "verb": verb,
        "thing": thing,
        "scope": scope,
        "title": title,
        "url": url,
        "facts": facts,
        "digests": digests,
    }


def body_hash(body: Mapping[str, Any], salt: str) -> str:
    """Hash the body of an entry; a private one carries a salt, so that it cannot be guessed."""
    return sha256(bytes.fromhex(salt) + canonical(body)).hexdigest()


def link(previous: str, body: str) -> str:
    """Link a body's hash to the hash before it."""
    return sha256(bytes.fromhex(previous) + bytes.fromhex(body)).hexdigest()


def salted_digest(content: str, salt: str) -> str:
    """Digest personal content under the salt that is kept beside it, and erased with it."""
    return sha256(bytes.fromhex(salt) + content.encode()).hexdigest()
