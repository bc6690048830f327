"""Rosters as JSON: what Mailman 3 answers for a list's members, or lines or a list of such."""

from collections.abc import Iterator
from json import JSONDecodeError, loads
from typing import Any

from django.utils.translation import gettext as _

from intersession.lists.formats.rosters.refusals import NotARoster
from intersession.lists.formats.rosters.tables import Cells, row_of
from intersession.lists.rules.wishes import RosterRow
from intersession.lists.states import RosterTrouble

_ADDRESS = ("email", "address", "email_address")


def rows_of(text: str) -> Iterator[RosterRow]:
    """Give the members in a JSON answer. Raises NotARoster where it is damaged."""
    return (_row(number, entry) for number, entry in enumerate(_entries(text), 1))


def _entries(text: str) -> list[dict[str, Any]]:
    try:
        found = loads(text)
    except (JSONDecodeError, RecursionError):
        found = _lines(text)
    if isinstance(found, dict):
        found = found.get("entries", found.get("members", [found]))
    entries = found if isinstance(found, list) else []
    return [one if isinstance(one, dict) else {"email": str(one)} for one in entries]


def _lines(text: str) -> list[Any]:
    try:
        return [loads(line) for line in text.splitlines() if line.strip()]
    except (JSONDecodeError, RecursionError) as problem:
        raise NotARoster(_("The file begins as JSON and is none: it is damaged.")) from problem


def _row(number: int, entry: dict[str, Any]) -> RosterRow:
    told = {str(key).lower(): str(value) for key, value in entry.items()}
    address = next((told[name] for name in _ADDRESS if name in told), "")
    cells = Cells(
        address=address.removeprefix("mailto:"),
        delivery=told.get("delivery_mode", told.get("delivery", "")),
        status=told.get("delivery_status", told.get("status", "")),
        role="nonmember" if told.get("role", "member") != "member" else "",
        held=told.get("moderation_action", ""),
        language=told.get("preferred_language", ""),
    )
    row = row_of(number, cells)
    if not address and row.trouble is None:
        return RosterRow(number, "", trouble=RosterTrouble.BROKEN)
    return row
