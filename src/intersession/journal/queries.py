"""Reading the record."""

from collections.abc import Iterator

from django.db.models import QuerySet

from intersession.journal import formats
from intersession.journal.models import Checkpoint, Entry, Head
from intersession.kit.paging import Part, from_key, to_key

AT_ONCE = 2000
PAGE = 50


def public() -> QuerySet[Entry]:
    """Return the entries that anybody may read, newest first, with who acted."""
    return Entry.objects.filter(is_public=True).select_related("actor").order_by("-number")


def of(scope: str) -> QuerySet[Entry]:
    """Return the public entries of one coalition, by its slug."""
    return public().filter(scope=scope)


def about(thing: str) -> QuerySet[Entry]:
    """Return the public entries about one thing: `<app>.<model>:<id>`, as `thing` holds it."""
    return public().filter(thing=thing)


def count() -> int:
    """Return how many entries there are: the number of the last."""
    return Head.objects.get(pk=1).count


def part(
    entries: QuerySet[Entry], *, before: str = "", after: str = "", size: int = PAGE
) -> Part[Entry]:
    """
    Return one part of a timeline, newest first, by the keys of its neighbours.

    A key that somebody changed opens the newest part.
    """
    upto, since = _number(before), _number(after)
    if since is not None:
        later = list(entries.filter(number__gt=since).order_by("number")[: size + 1])
        found, more = later[:size][::-1], len(later) > size
        if found:
            return Part(found, later=_key(found, 0) if more else "", earlier=_key(found, -1))
    rows = entries if upto is None else entries.filter(number__lt=upto)
    earlier = list(rows[: size + 1])
    found, more = earlier[:size], len(earlier) > size
    return Part(
        found,
        later=_key(found, 0) if upto is not None else "",
        earlier=_key(found, -1) if more else "",
    )


def checkpoints() -> QuerySet[Checkpoint]:
    """Return the checkpoints, newest first."""
    return Checkpoint.objects.order_by("-count", "-id")


def export(*, after: int = 0) -> Iterator[str]:
    """Yield the whole record as lines of JSON, in bounded memory; private entries as hashes."""
    while True:
        entries = list(Entry.objects.filter(number__gt=after).order_by("number")[:AT_ONCE])
        if not entries:
            return
        for entry in entries:
            yield formats.line(entry)
        after = entries[-1].number


def _number(key: str) -> int | None:
    match from_key(key) if key else None:
        case (int(number),) if 0 <= number < 2**63:
            return number
    return None


def _key(entries: list[Entry], index: int) -> str:
    return to_key(entries[index].number) if entries else ""
