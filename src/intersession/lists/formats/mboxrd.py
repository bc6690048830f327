"""Messages written as a mailbox that every reader takes back as it was (mboxrd)."""

import re
from datetime import UTC, datetime

_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def entry(raw: bytes, at: datetime) -> bytes:
    """Write one message with its From line (RFC 4155: no address in ours), escaped, and a blank."""
    when = at.astimezone(UTC)
    stamp = f"{_DAYS[when.weekday()]} {_MONTHS[when.month - 1]} {when.day:2} {when:%H:%M:%S} "
    line = f"From mboxrd@z {stamp}{when.year:04}\n".encode()
    if b"From " in raw:
        raw = _FROM.sub(rb">\1", raw)
    return line + raw + (b"\n" if raw.endswith(b"\n") else b"\n\n")
