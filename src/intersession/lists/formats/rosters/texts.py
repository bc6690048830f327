"""Rosters as lines: what `list_members` and `mailman members` print, or anybody types."""

import re
from collections.abc import Sequence

from intersession.lists.rules.wishes import RosterRow

_NAMED = re.compile(r"<([^<>]*)>\s*[,;]?\s*\Z")


def rows_of(lines: Sequence[str]) -> list[RosterRow]:
    """Read an address from each line, `Ann <ann@example.org>` or bare; `#` begins a remark."""
    return [
        RosterRow(number, _address(line))
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]


def _address(line: str) -> str:
    if named := _NAMED.search(line):
        return named[1].strip()
    return line.strip().strip(",;\"'")
