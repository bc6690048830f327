"""What our own mail server found when the mail came in (RFC 8601), and nobody else's claims."""

import re
from collections.abc import Iterable, Iterator

from authres import AuthenticationResultsHeader, AuthResError

from intersession.lists.rules.composing.heads import Head, name_of, value_of
from intersession.lists.rules.composing.results import is_from
from intersession.lists.rules.judging import Finding

LONGEST = 4_000
_RESULTS = frozenset(
    ["pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", "policy"]
)
_FROM_US = re.compile(rb"\s*from\s+(?:localhost|\S*\s*\(?\[?(?:127\.0\.0\.1|::1))", re.IGNORECASE)


def spf_of(head: Head, trusted_ids: Iterable[str]) -> Finding | None:
    """
    Read the result of SPF that a trusted server wrote on top of the mail.

    Everybody can write such a field under any name. What stands above the first Received field was
    written after the mail had come in. Below it, where filters put theirs, only the topmost field
    counts, and only before the next server's Received: whatever the sender put in lies under it.
    """
    ids = [name for name in trusted_ids if name]
    for value in _trusted(head, ids):
        if (found := _spf(value)) is not None:
            return found
    return None


def _trusted(head: Head, ids: list[str]) -> Iterator[bytes]:
    """Give the fields that count; where a server's stand above its Received, none below does."""
    passed = 0 if any(name_of(field) == b"received" for field in head.fields) else 1
    is_above = False
    for field in head.fields:
        name, value = name_of(field), value_of(field)
        if name == b"received":
            passed += not _FROM_US.match(value)
            if passed > 1 or is_above:
                return
        elif name == b"authentication-results" and any(is_from(value, one) for one in ids):
            yield value
            is_above = True
            if passed:
                return


def _spf(value: bytes) -> Finding | None:
    try:
        header = AuthenticationResultsHeader.parse_value(_unfolded(value))
    except (AuthResError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    for one in header.results:
        if getattr(one, "method", "") == "spf" and (result := str(one.result).lower()) in _RESULTS:
            sender = str(one.smtp_mailfrom or "")
            return Finding("spf", result, (("smtp.mailfrom", sender),) if sender else ())
    return None


def _unfolded(value: bytes) -> str:
    return " ".join(value[:LONGEST].decode("utf-8", "replace").split())
