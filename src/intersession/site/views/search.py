"""Search across everything: a GET form in the margin, what was found beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intersession.coalitions import queries as coalitions
from intersession.people.http import PublicRequest, visitor
from intersession.search.queries import Filters, Hits, find
from intersession.site.found import KINDS, rows

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as typed. `problem` is a sentence about a date that is none."""

    words: str
    kind: str
    scope: str
    language: str
    person: str
    since: str
    until: str
    place: str
    has_files: bool
    is_best: bool
    filters: Filters
    problem: str = ""


def _day(typed: str, *, days: int = 0) -> datetime | None:
    """Read a date as the beginning of its day in UTC; raise ValueError if it is none."""
    if not typed:
        return None
    return datetime.combine(date.fromisoformat(typed) + timedelta(days=days), time(), UTC)


def _asked(given: Mapping[str, str]) -> Asked:
    texts = {
        name: given.get(name, "").replace("\0", "").strip()[:LONGEST]
        for name in ("kind", "scope", "language", "person", "since", "until", "list")
    }
    since = until = None
    problem = ""
    try:
        since, until = _day(texts["since"]), _day(texts["until"], days=1)
    except (ValueError, OverflowError):
        problem = _("A date is written as year, month and day: 2026-03-01.")
    place, has_files = texts.pop("list"), given.get("has") == "attachment"
    filters = Filters(
        texts["kind"], texts["scope"], texts["language"], texts["person"], since, until, place,
        has_files,
    )  # fmt: skip
    is_best = given.get("order") == "best"
    words = given.get("q", "").replace("\0", "")
    return Asked(
        words, **texts, place=place, has_files=has_files, is_best=is_best, filters=filters,
        problem=problem,
    )  # fmt: skip


@login_not_required
@require_safe
def search(request: PublicRequest) -> HttpResponse:
    """Show what answers, twenty a page; without a question, how to ask."""
    asked = _asked(request.GET.dict())
    register: Sequence[tuple[str, str]] = list(
        coalitions.visible_to(visitor(request)).order_by("name").values_list("slug", "name")
    )
    found = Hits(problem=asked.problem) if asked.problem else find(
        asked.words, asked.filters, best=asked.is_best, after=request.GET.get("after", "")
    )  # fmt: skip
    more = request.GET.copy()
    more["after"] = found.next
    shown = {
        "asked": asked,
        "found": found,
        "rows": rows(found, dict(register)),
        "kinds": KINDS,
        "register": register,
        "tongues": settings.LANGUAGES,
        "has_asked": bool(asked.words.strip() or asked.filters),
        "is_narrowed": bool(asked.filters) or asked.is_best or bool(asked.problem),
        "is_later": "after" in request.GET,
        "more": more.urlencode() if found.next else "",
    }
    return render(request, "site/search.html", shown, status=400 if asked.problem else 200)
