"""Rosters of other list servers, read as rows; what kind a file is, it tells itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from intersession.lists.formats.rosters import mailman2, mailman3, tables, texts
from intersession.lists.formats.rosters.pickles import NotPlain, read_pickle
from intersession.lists.formats.rosters.refusals import NotARoster
from intersession.lists.rules.addresses import is_address
from intersession.lists.rules.wishes import RosterRow
from intersession.lists.states import RosterTrouble

__all__ = ["NotARoster", "read_roster", "roster_at"]

LARGEST = 64_000_000
"""Bytes of the largest roster that is read."""


def roster_at(path: Path) -> Sequence[RosterRow]:
    """Read the roster in a file. Raises NotARoster with the reason where there is none."""
    if not path.exists():
        raise NotARoster(_("“%(path)s” does not exist.") % {"path": path})
    if not path.is_file():
        raise NotARoster(_("“%(path)s” is no file with a roster.") % {"path": path})
    if path.stat().st_size == 0:
        raise NotARoster(_("“%(path)s” is empty: there is no roster in it.") % {"path": path})
    if path.stat().st_size > LARGEST:
        raise NotARoster(_("The file is larger than any roster: %(n)d MB at most.") % {"n": 64})
    return read_roster(path.read_bytes())


def read_roster(octets: bytes) -> Sequence[RosterRow]:
    """
    Read a roster: Mailman 2 (config.pck, list_members), Mailman 3 (members, JSON, CSV), Google
    Groups or Groups.io (CSV), or any table or list of addresses.

    Every row has its address in small letters, or the trouble that keeps it out. Raises NotARoster
    with the reason where it is none, or names what no roster holds.
    """
    rows = list(_told_apart(_rows(octets)))
    if all(row.trouble == RosterTrouble.BROKEN for row in rows):
        raise NotARoster(_("There is no address in this file."))
    return rows


def _rows(octets: bytes) -> Iterable[RosterRow]:
    if _is_pickle(octets):
        try:
            return mailman2.rows_of(read_pickle(octets))
        except NotPlain as problem:
            raise NotARoster(str(problem)) from problem
    if octets[:1] == b"{" and octets[:2] in (b"{s", b"{i"):
        raise NotARoster(
            _("This is a file of Mailman 2.0. Mailman 2.1, started once, makes config.pck of it.")
        )
    text = _decoded(octets)
    if text.lstrip()[:1] in ("[", "{"):
        return mailman3.rows_of(text)
    lines = text.splitlines()
    table = tables.table_in(lines)
    return table if table is not None else texts.rows_of(lines)


def _is_pickle(octets: bytes) -> bool:
    """Test for the first signs of a pickle: protocol 2 and later, or a dictionary before that."""
    return octets[:1] in (b"\x80", b"}") or octets[:2] == b"(d"


def _decoded(octets: bytes) -> str:
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return octets.decode("utf-16", "replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _told_apart(rows: Iterable[RosterRow]) -> Iterator[RosterRow]:
    """Mark what is broken and what comes twice."""
    seen: set[str] = set()
    for row in rows:
        address = row.address.strip().lower()
        trouble = row.trouble
        if trouble is None and not is_address(address):
            trouble = RosterTrouble.BROKEN
        elif trouble is None and address in seen:
            trouble = RosterTrouble.REPEATED
        if trouble is None:
            seen.add(address)
        wishes = replace(row.wishes, language=_spoken(row.wishes.language))
        yield replace(row, address=address, wishes=wishes, trouble=trouble)


def _spoken(language: str) -> str:
    """Return one of our languages: the one of the roster where we speak it."""
    code = language.replace("_", "-").lower()
    known = dict(settings.LANGUAGES)
    return next((one for one in (code, code.partition("-")[0]) if one in known), "en")
