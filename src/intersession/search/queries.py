"""Finding what apps have put in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from django.db import connection
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from intersession.kit.paging import from_key, to_key
from intersession.search.engines import Wanted, engine
from intersession.search.models import Item
from intersession.search.rules import (
    Problem,
    Question,
    Spotter,
    ask,
    highlight,
    snippet,
    tagged,
    unpack,
)
from intersession.search.rules.asking import LONGEST, MOST, SHORTEST_START
from intersession.search.rules.documents import EVERY, mark
from intersession.search.rules.folding import plain_words, terms
from intersession.search.rules.narrowing import Typed, apart

PAGE = 20
COUNTED = 1_000
RANKED = 2_000
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Filters:
    """
    What a search is narrowed by; `since` and `until` are moments, half-open.

    `person` is a part of a name, or an address, of which the part before the @ is looked for;
    `place` is the name of a list, or its address.
    """

    kind: str = ""
    scope: str = ""
    language: str = ""
    person: str = ""
    since: datetime | None = None
    until: datetime | None = None
    place: str = ""
    has_files: bool = False

    def __bool__(self) -> bool:
        return self != NO_FILTERS


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `title` and `snippet` are safe HTML with the places marked."""

    key: str
    kind: str
    scope: str
    title: SafeString
    snippet: SafeString
    person: str
    language: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Hits:
    """
    A page of what was found.

    `count` stops at 1,000: then `is_over` is true. `is_cut` says that the best match was chosen
    among the newest 2,000 only. `problem` is a sentence for somebody whose question has none.
    """

    items: Sequence[Hit] = field(default_factory=list)
    count: int = 0
    is_over: bool = False
    is_cut: bool = False
    next: str = ""
    problem: str = ""


def _sentence(problem: Problem) -> str:
    if problem is Problem.TOO_LONG:
        words = _("A question has at most %(most)d characters. Please look for a few words of it.")
        return words % {"most": LONGEST}
    if problem is Problem.TOO_MANY:
        words = _("A question has at most %(most)d words and phrases. Please leave some out.")
        return words % {"most": MOST}
    if problem is Problem.SHORT_START:
        words = _("Please give at least %(least)d letters before the star.")
        return words % {"least": SHORTEST_START}
    if problem is Problem.NO_DAY:
        return _("A date is written as year, month and day: 2026-03-01.")
    return _("There is no word to look for: type at least one letter or digit.")


def find(
    query: str,
    filters: Filters | None = None,
    *,
    best: bool = False,
    after: str = "",
    size: int = PAGE,
) -> Hits:
    """
    Find documents: all words, "phrases", beginnings*; newest first, or best match first.

    The question may narrow itself too: `from:`, `list:`, `has:attachment`, `before:`, `after:`.

    `after` is the key of the page before. Nothing typed raises; at worst `problem` says why not.
    """
    typed = apart(query.strip()[: LONGEST + 1])
    filters = _narrowed(filters or NO_FILTERS, typed)
    question = (
        Question(problem=Problem.NO_DAY) if typed.is_odd else ask(typed.words, filters.language)
    )
    if question.problem:
        return Hits(problem=_sentence(question.problem))
    if not question.parts and not filters:
        return Hits()
    wanted = _wanted(question, filters)
    if best and question.parts:
        return _best(wanted, after, size)
    return _newest(wanted, after, size)


def _narrowed(filters: Filters, typed: Typed) -> Filters:
    """Narrow by what was typed as well; of two days the one that leaves less."""
    after, before = (
        datetime.combine(day, time(), UTC) if day else None for day in (typed.after, typed.before)
    )
    return replace(
        filters,
        person=typed.person or filters.person,
        place=typed.place or filters.place,
        has_files=typed.has_files or filters.has_files,
        since=max(filter(None, (filters.since, after)), default=None),
        until=min(filter(None, (filters.until, before)), default=None),
    )


def _tags(filters: Filters) -> list[str]:
    """Return the marks of the list, the address and the files that are asked for."""
    sender = filters.person if "@" in filters.person else ""
    return tagged(filters.place.partition("@")[0], sender, has_files=filters.has_files).split()


def _counted(wanted: Wanted, found: Sequence[int], limit: int) -> int:
    """Count what answers, where the page does not tell it."""
    return len(found) if len(found) < limit else engine().count(wanted, COUNTED + 1)


def _wanted(question: Question, filters: Filters) -> Wanted:
    given = [("k", filters.kind), ("c", filters.scope), ("l", filters.language.partition("-")[0])]
    chosen = (*(mark(what, value) for what, value in given if value), *_tags(filters))
    chosen = chosen or (() if question.parts else (EVERY,))
    first = engine().first_number(filters.since) if filters.since else 0
    end = engine().first_number(filters.until) if filters.until else None
    name = "" if "@" in filters.person else filters.person
    names = tuple(terms(plain_words(name[:LONGEST])))[:MOST]
    return Wanted(question, chosen, names, first, end)


def _newest(wanted: Wanted, after: str, size: int) -> Hits:
    end, part = _number(after), wanted
    if end is not None and (wanted.end is None or end < wanted.end):
        part = replace(wanted, end=end)
    found = engine().newest(part, size + 1)
    count = _counted(wanted, found, 0 if part is not wanted else size + 1)
    more = to_key(found[size - 1]) if len(found) > size else ""
    items = _shown(found[:size], wanted.question)
    return Hits(items, min(count, COUNTED), count > COUNTED, next=more)


def _best(wanted: Wanted, after: str, size: int) -> Hits:
    """Rank the newest candidates; the key holds the newest of them, so that the set stays."""
    values = from_key(after) if after else None
    top, start = values if values and len(values) == 2 else (None, 0)
    part = wanted
    if isinstance(top, int) and isinstance(start, int) and 0 < top < LARGEST and 0 < start < RANKED:
        part = replace(wanted, end=min(top + 1, wanted.end or top + 1))
    else:
        start = 0
    candidates = engine().newest(part, RANKED)
    count = _counted(wanted, candidates, COUNTED + 1)
    ranked = engine().ranked(part, candidates)
    items = _shown(ranked[start : start + size], wanted.question)
    is_cut = len(candidates) == RANKED
    more = to_key(candidates[0], start + size) if len(ranked) > start + size else ""
    return Hits(items, min(count, COUNTED), count > COUNTED, is_cut, more)


def _number(after: str) -> int | None:
    values = from_key(after) if after else None
    if values and len(values) == 1 and isinstance(values[0], int) and 0 < values[0] < LARGEST:
        return values[0]
    return None


FIELDS = "id, key, kind, scope, title, body, person, language, at, url"


def _shown(numbers: Sequence[int], question: Question) -> list[Hit]:
    """Load the items of a page, with their places marked. Plain rows: no model is needed here."""
    if not numbers:
        return []
    places = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {FIELDS} FROM search_item WHERE id IN ({places})", numbers)  # noqa: S608 (names of ours)
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    spotter = Spotter(question)
    return [_hit(spotter, *rows[number]) for number in numbers if number in rows]


def _hit(
    spotter: Spotter,
    key: str,
    kind: str,
    scope: str,
    title: str,
    body: bytes,
    person: str,
    language: str,
    at: datetime,
    url: str,
) -> Hit:
    head = mark_safe(highlight(title, spotter, language))  # noqa: S308 (escaped there)
    lines = mark_safe(snippet(unpack(bytes(body)), spotter, language))  # noqa: S308 (escaped there)
    moment = at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps UTC without saying so
    return Hit(key, kind, scope, head, lines, person, language, moment, url)


def text_of(keys: Iterable[str]) -> dict[str, str]:
    """Return the stored texts of documents, by key; one that is not there is left out."""
    found = Item.objects.filter(key__in=list(keys)).values_list("key", "body")
    return {key: unpack(bytes(body)) for key, body in found}
