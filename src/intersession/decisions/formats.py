"""A call's closing moment as iCalendar (RFC 5545)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from intersession.decisions.models import Call

CRLF = "\r\n"


def calendar(call: Call, *, site: str, stamp: datetime) -> bytes:
    """Write the closing moment as an event of one quarter of an hour before it, with an alarm."""
    address = site + call.get_absolute_url()
    end = call.closes_at
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//intersession//calls//EN",
        "BEGIN:VEVENT",
        f"UID:call-{call.pk}@{urlsplit(site).hostname}",
        f"DTSTAMP:{_utc(stamp)}",
        f"SEQUENCE:{max(0, int((end - call.opened_at).total_seconds()) // 60)}",
        f"DTSTART:{_utc(end - timedelta(minutes=15))}",
        f"DTEND:{_utc(end)}",
        "SUMMARY:" + _text(_("Call for consensus closes: %(title)s") % {"title": call.title}),
        "DESCRIPTION:" + _text(f"{call.question}\n{address}"),
        f"URL:{address}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:" + _text(call.title),
        "TRIGGER:-P2D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return CRLF.join(_fold(line) for line in lines).encode()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """Escape a text value (RFC 5545, 3.3.11)."""
    for sign in "\\;,":
        words = words.replace(sign, "\\" + sign)
    return words.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _fold(line: str) -> str:
    """Fold at 75 octets, never inside a character (RFC 5545, 3.1)."""
    parts, size = [""], 0
    for sign in line:
        width = len(sign.encode())
        if size + width > (75 if len(parts) == 1 else 74):
            parts.append("")
            size = 0
        parts[-1] += sign
        size += width
    return (CRLF + " ").join(parts)
