"""When a letter is tried again, and how plain text becomes simple HTML."""

import re
from datetime import timedelta

from django.utils.html import escape

TRIES = 16
"""After so many tries, about two days, a letter counts as failed."""

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")


def pause_after(tries: int, chance: float) -> timedelta:
    """
    Return how long to wait after so many tries: twice as long each time, spread by a fifth.

    `chance` is a number from 0 to 1; it keeps letters that failed together from returning together.
    """
    pause: timedelta = min(FIRST_PAUSE * (1 << min(tries - 1, 20)), LONGEST_PAUSE)
    return pause * (0.8 + 0.4 * chance)


def is_lasting(code: int) -> bool:
    """Test whether an SMTP reply refuses for good (5yz) or only for now (RFC 5321, 4.2.1)."""
    return 500 <= code <= 599


def with_reason(body: str, reason: str) -> str:
    """End a letter with the line that says why the reader gets it, once."""
    text = body.strip()
    return f"{text}\n" if not reason or reason in text else f"{text}\n\n-- \n{reason}\n"


def simple_html(text: str, language: str, *, rtl: bool) -> str:
    """Set plain text as HTML: its paragraphs and lines, its addresses as links, nothing else."""
    paragraphs = "".join(
        f"<p>{'<br>'.join(_line(line) for line in paragraph.splitlines())}</p>\n"
        for paragraph in re.split(r"\n\s*\n", text.strip())
    )
    direction = "rtl" if rtl else "ltr"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}">\n'
        f'<head><meta charset="utf-8"><title>intersession</title></head>\n'
        f"<body>\n{paragraphs}</body>\n</html>\n"
    )


def _line(line: str) -> str:
    parts, end = [], 0
    for found in _ADDRESS.finditer(line):
        address = escape(found[0])
        parts += [escape(line[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    return "".join([*parts, escape(line[end:])])
