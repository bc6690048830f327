"""Whose results of authentication a field holds (RFC 8601), and chains that began with us."""

import re

from intersession.lists.rules.composing.heads import Head, name_of, value_of

CHAIN = frozenset({b"arc-seal", b"arc-message-signature", b"arc-authentication-results"})
"""The three fields of a set (RFC 8617, 4)."""

_COMMENTS = re.compile(rb"(?:\s|\((?:[^()\\]|\\.)*\))*")
_ID = re.compile(rb'"((?:[^"\\]|\\.)*)"|([^\s;()"]+)')
_INSTANCE = re.compile(rb"(?:\A|;)\s*i\s*=\s*([0-9]{1,4})\s*(?:;|\Z)", re.IGNORECASE)


def is_from(value: bytes, authserv_id: str) -> bool:
    """Test whether results bear this name, however it is written."""
    start = _COMMENTS.match(value)
    found = _ID.match(value, start.end() if start else 0)
    if not found:
        return False
    name = re.sub(rb"\\(.)", rb"\1", found[1]) if found[1] is not None else found[2]
    return name.lower().rstrip(b".") == authserv_id.lower().rstrip(".").encode()


def instance_of(field: bytes) -> int:
    """Read which set of a chain a field belongs to; 0 where it does not say."""
    found = _INSTANCE.search(value_of(field))
    return int(found[1]) if found else 0


def highest(head: Head) -> int:
    """Give the highest instance in a message's chain; 0 where there is none (RFC 8617, 5.1)."""
    return max((instance_of(one) for one in head.fields if name_of(one) in CHAIN), default=0)


def without_our_chain(head: Head, authserv_id: str) -> Head:
    """
    Take out sets that bear our name, with those that were sealed over them.

    What stands below them is whole without them; what stands above them would not be.
    """
    ours = [
        instance_of(one)
        for one in head.named("ARC-Authentication-Results")
        if is_from(value_of(one).partition(b";")[2], authserv_id)
    ]
    if not ours:
        return head
    first = min(ours)
    return head.keeping(
        one for one in head.fields if name_of(one) not in CHAIN or instance_of(one) < first
    )
