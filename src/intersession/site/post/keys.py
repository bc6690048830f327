"""The key that signs mail: made once, kept in the data folder, its public half for DNS."""

import os
from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings

from intersession.lists.formats.signing import dns_record, make_key
from intersession.lists.queries import visible_to

PIECE = 255
"""Letters of one string of a TXT record (RFC 1035, 3.3.14)."""


def make(place: Path, *, over: bool) -> str:
    """
    Make a key, readable by its owner alone, and return its public half as DNS shall tell it.

    Raises FileExistsError where there is one already, unless it shall be written over: copies
    under way are signed with it.
    """
    private, public = make_key()
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f".{place.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(private)
            file.flush()
            os.fsync(file.fileno())
        if over:
            fresh.replace(place)
        else:
            os.link(fresh, place)
    finally:
        fresh.unlink(missing_ok=True)
    return public


def record_of(place: Path) -> str:
    """Return what DNS shall tell of a key; nothing where there is no key."""
    return dns_record(place.read_text()) if place.is_file() else ""


def line(domain: str, record: str) -> str:
    """Write a record as a line of a zone, in strings as long as they may be."""
    pieces = [record[start : start + PIECE] for start in range(0, len(record), PIECE)]
    told = " ".join(f'"{piece}"' for piece in pieces)
    return f"{settings.DKIM_SELECTOR}._domainkey.{domain}. IN TXT ( {told} )"


def domains() -> Iterator[str]:
    """Return each domain that we send mail from: of the open lists here, and of letters."""
    lists = visible_to(None).filter(closed_at=None, mirrors="")
    found = {_domain(address) for address in lists.values_list("address", flat=True)}
    found.add(_domain(parseaddr(settings.MAIL_FROM)[1]))
    yield from sorted(found - {"", "localhost"})


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
