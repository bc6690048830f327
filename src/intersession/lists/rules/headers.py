"""Fields of mail as values: when it was written, and by whom. Nothing here raises."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr, parsedate_tz
from functools import lru_cache

from intersession.lists.rules.charsets import unfolded

EARLIEST = datetime(1969, 12, 31, tzinfo=UTC)
"""No list mail is older; an earlier date is a mistake."""

LONGEST = 4_000
"""Signs of a From field that are read: the time to read more grows with their square."""

_OBSCURED = re.compile(r'\s*"?([^\s@<>"]+) at ([^\s@<>"]+)"?(?:\s+\((.*)\))?\s*\Z', re.DOTALL)
_ADDRESS = re.compile(r"([\w.+%&'*/=?^{|}~#$!-]{1,64})@[\w-]+(?:\.[\w-]+)*")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_LOCAL = frozenset("._+-%=")
_AT_WORD = re.compile(r"\b([\w.+%-]{1,64}) at (?:[\w-]{1,63}\.){1,8}[a-zA-Z]{2,}\b")


def moment(text: str, *, latest: datetime) -> datetime | None:
    """
    Read a date as mail writes it (RFC 5322, 3.3, and what else is met); None for what is no date.

    The thirty-first of February is none, nor is a moment more than a day after `latest`.
    """
    if not text or len(text) > 200:
        return None
    try:
        fields = parsedate_tz(text)
        if fields is None:
            return None
        year, month, day, hour, minute, second = fields[:6]
        local = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        at = local - timedelta(seconds=fields[9] or 0)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at if EARLIEST <= at <= latest + timedelta(days=1) else None


def envelope_moment(line: str, *, latest: datetime) -> datetime | None:
    """Read the date of a mailbox's From line: `From somebody Mon Nov  9 21:54:11 1999`."""
    words = line.split()
    days = [place for place, word in enumerate(words) if word[:3] in _DAYS and place > 0]
    if not days or len(words) < days[-1] + 5:
        return None
    month, day, clock, *rest = words[days[-1] + 1 :]
    year = next((word for word in rest if len(word) == 4 and word.isdigit()), "")
    zone = next((word for word in rest if word[:1] in "+-" and word[1:].isdigit()), "+0000")
    return moment(f"{day} {month} {year} {clock} {zone}", latest=latest)


_DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}


@lru_cache(maxsize=500)
def writer(field: str) -> tuple[str, str]:
    """
    Read a From field as name and address, the address in small letters and maybe empty.

    Knows `name at domain (Name)` of pipermail archives. Of several authors the first counts.
    """
    if "@" not in field and (hidden := _OBSCURED.match(field)):
        local, domain, comment = map(unfolded, hidden.groups(""))
        return comment or local, f"{local}@{domain}".lower()[:254]
    field = field[:LONGEST]
    try:
        name, address = parseaddr(field.replace("\n", " "), strict=False)
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        name, address = "", ""
    address = _written_address(unfolded(address)) or _written_address(unfolded(field))
    name = masked(unfolded(name)).strip(" \"'") or address.partition("@")[0]
    return name or masked(unfolded(field)).strip(" \"'<>")[:80], address


def _written_address(text: str) -> str:
    found = _ADDRESS.search(text)
    return found[0].lower()[:254] if found else ""


def is_obscured(field: str) -> bool:
    """Test whether the archive wrote addresses as `user at domain`."""
    return "@" not in field and _OBSCURED.match(field) is not None


def masked(text: str, *, obscured: bool = False) -> str:
    """
    Show addresses without their domain: `user@...`. With `obscured` also `user at domain`.

    Three dots of ASCII, because text that is plain ASCII is read many times faster; `ellipsed`
    makes one sign of them where people read.
    """
    if "@" in text:
        first, *others = text.split("@")
        text = first + "".join(_domainless(first, others))
    if obscured and " at " in text:
        text = _AT_WORD.sub(r"\1@...", text)
    return text


def _domainless(before: str, others: list[str]) -> Iterator[str]:
    """Give each piece after an `@` without its domain, where a name stands before the `@`."""
    for piece in others:
        domain = _DOMAIN.match(piece) if before[-1:].isalnum() or before[-1:] in _LOCAL else None
        yield f"@...{piece[domain.end() :]}" if domain else f"@{piece}"
        before = piece


def ellipsed(text: str) -> str:
    """Write the dots of masked addresses as one sign."""
    return text.replace("@...", "@…")
