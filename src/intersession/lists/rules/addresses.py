"""Addresses of mail: which ones mail can go to, and those beside a list's own."""

import re

LONGEST = 254
"""Letters of an address (RFC 5321, 4.5.3.1.3, without its brackets)."""

_LOCAL = re.compile(
    r"[^\x00-\x20\x7f-\x9f\"(),:;<>@\[\]\\.]+(?:\.[^\x00-\x20\x7f-\x9f\"(),:;<>@\[\]\\.]+)*\Z"
)
_LABEL = re.compile(r"(?!-)[^\W_](?:[^\W_]|-){0,62}(?<!-)\Z")


def normal(address: str) -> str:
    """Write an address as the roster keeps it: in small letters, without blanks around it."""
    return address.strip().lower()


def is_address(address: str) -> bool:
    """Test whether mail can go to this address (RFC 5321, 4.1.2; RFC 6531, 3.3)."""
    local, sign, domain = address.rpartition("@")
    if not sign or len(address) > LONGEST or len(local.encode("utf-8", "replace")) > 64:
        return False
    labels = domain.split(".")
    return (
        _LOCAL.match(local) is not None
        and len(labels) > 1
        and all(_LABEL.match(label) for label in labels)
        and not labels[-1].isdigit()
    )


def beside(address: str, what: str) -> str:
    """Return the address beside a list's own where mail does something: `talk-leave@…`."""
    local, _, domain = address.rpartition("@")
    return f"{local}-{what}@{domain}"
