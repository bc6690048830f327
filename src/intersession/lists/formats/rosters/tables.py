"""Rosters as tables (CSV): the columns are known by their names, whatever server wrote them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields

from intersession.lists.rules.wishes import (
    RosterRow,
    Wishes,
    delivery_of,
    is_bouncing,
    is_held,
    is_outside,
)
from intersession.lists.states import RosterTrouble

HEAD = 6
"""Lines among which the names of the columns are looked for: Google Groups begins with a title."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What a table says of one subscriber."""

    address: str = ""
    delivery: str = ""
    status: str = ""
    role: str = ""
    held: str = ""
    language: str = ""


NAMES: dict[str, tuple[str, ...]] = {
    "address": ("email address", "email", "e-mail", "e-mail address", "address", "member address",
                "subscriber", "member"),
    "delivery": ("email preference", "email delivery", "delivery mode", "delivery", "mode",
                 "digest", "subscription", "email subscription"),
    "status": ("email status", "delivery status", "status", "user status", "account status"),
    "role": ("group status", "role", "membership", "member status", "subscription status",
             "sub status"),
    "held": ("posting permissions", "moderation", "moderated", "moderation action", "mod",
             "posting status", "post status"),
    "language": ("language", "preferred language", "locale"),
}  # fmt: skip
"""Columns by what they tell, under the names that Mailman, Google Groups and Groups.io give."""


def table_in(lines: Sequence[str]) -> list[RosterRow] | None:
    """Return the rows of a table whose columns have names, None where there is none."""
    for number, line in enumerate(lines[:HEAD]):
        delimiter = max(",;\t", key=line.count)
        places = _places(next(csv.reader([line], delimiter=delimiter), []))
        if "address" in places:
            return _rows(lines, number + 1, delimiter, places)
    return None


def _places(head: Sequence[str]) -> dict[str, int]:
    named = [" ".join(cell.replace("_", " ").split()).lower() for cell in head]
    found: dict[str, int] = {}
    for what, names in NAMES.items():
        places = [named.index(name) for name in names if name in named]
        if places:
            found[what] = places[0]
    return found


def _rows(
    lines: Sequence[str], start: int, delimiter: str, places: dict[str, int]
) -> list[RosterRow]:
    reader = csv.reader(lines[start:], delimiter=delimiter)
    rows = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            told = {what: cells[n].strip() for what, n in places.items() if n < len(cells)}
            rows.append(row_of(start + reader.line_num, Cells(**told)))
    return rows


def row_of(line: int, cells: Cells) -> RosterRow:
    """Read what a table says of a subscriber."""
    told = [getattr(cells, one.name) for one in fields(cells) if one.name != "address"]
    is_stopped = is_bouncing(*told)
    delivery, style = delivery_of(cells.delivery, "" if is_stopped else cells.status)
    return RosterRow(
        line,
        cells.address,
        Wishes(delivery, style, language=cells.language),
        is_moderated=is_held(cells.held),
        is_stopped=is_stopped,
        trouble=RosterTrouble.OUTSIDE if is_outside(f"{cells.role} {cells.status}") else None,
    )
