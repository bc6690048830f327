"""What somebody types among the words to narrow a search: `from:`, `list:`, `has:`, days."""

import re
from dataclasses import dataclass, field
from datetime import date

_NARROWING = re.compile(
    r'(?<!\S)(from|list|has|before|after):(?:["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+))', re.I
)


@dataclass(slots=True)
class Typed:
    """
    A question taken apart: its words, and what narrows it (empty, or as typed).

    `after` counts the day itself, `before` does not. `is_odd` where a day is none.
    """

    words: str
    person: str = ""
    place: str = ""
    has_files: bool = False
    after: date | None = None
    before: date | None = None
    is_odd: bool = field(default=False)


def apart(text: str) -> Typed:
    """Take a question apart. What narrows nothing (`has:hope`) stays a word."""
    typed = Typed(text)
    if ":" in text:
        typed.words = _NARROWING.sub(lambda found: _taken(typed, found), text)
    return typed


def _taken(typed: Typed, found: re.Match[str]) -> str:
    name, value = found[1].lower(), (found[2] or found[3] or "").strip()
    if name == "has" and value.lower() not in ("attachment", "attachments", "file", "files"):
        return found[0]
    if name == "has":
        typed.has_files = True
    elif name == "from":
        typed.person = value
    elif name == "list":
        typed.place = value
    else:
        _read_day(typed, name, value)
    return " "


def _read_day(typed: Typed, name: str, value: str) -> None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        typed.is_odd = True
        return
    if name == "before":
        typed.before = day
    else:
        typed.after = day
