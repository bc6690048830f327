"""Mail that no person wrote, and people who take no answer (RFC 3834)."""

from collections.abc import Iterable, Mapping

from intersession.lists.rules.robots import SERVERS

MUTE = frozenset(["noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply"])
"""Names that take no answer."""

_REPORTING = SERVERS - {"postmaster"} | {"double-bounce"}
"""A postmaster can be a person."""


def is_server(addresses: Iterable[str]) -> bool:
    """Test whether an address is one under which mail servers report."""
    return any(address.partition("@")[0].strip("< ").lower() in _REPORTING for address in addresses)


def wants_no_answer(fields: Mapping[str, str], authors: Iterable[str]) -> bool:
    """Test whether a message asks for no automatic answer, or its author takes none."""
    suppressed = fields.get("x-auto-response-suppress", "").lower()
    if "all" in suppressed or "autoreply" in suppressed or "list-unsubscribe" in fields:
        return True
    return any(address.partition("@")[0] in MUTE for address in authors)
