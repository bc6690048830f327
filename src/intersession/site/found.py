"""Rows of the search page, without the template engine: it would take longer than the search."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from intersession.kit import words
from intersession.search.queries import Hit, Hits

KINDS: Mapping[str, Any] = {
    "message": gettext_lazy("Message"),
    "draft": gettext_lazy("Draft"),
    "call": gettext_lazy("Call for consensus"),
    "statement": gettext_lazy("Minority statement"),
    "output": gettext_lazy("Output"),
    "coalition": gettext_lazy("Coalition"),
}


@lru_cache(maxsize=4096)
def _day(day: date, language: str | None) -> str:
    return escape(words.day(day))


def _row(hit: Hit, kind: str, coalition: str) -> str:
    spoken = f' lang="{escape(hit.language)}"' if hit.language else ""
    title = hit.title or escape(_("Without a title"))
    found = f'<p class="found"{spoken} dir="auto">{hit.snippet}</p>' if hit.snippet else ""
    person = f"<bdi>{escape(hit.person)}</bdi><br>" if hit.person else ""
    place = f"{escape(coalition)}<br>" if coalition else ""
    day = _day(hit.at.date(), get_language())
    return (
        f'<li><p class="meta">{kind}</p><div><h3><a href="{escape(hit.url)}"{spoken} dir="auto">'
        f'{title}</a></h3>{found}</div><p class="meta">{person}{place}'
        f'<time datetime="{hit.at:%Y-%m-%dT%H:%MZ}">{day}</time></p></li>\n'
    )


def rows(found: Hits, names: Mapping[str, str]) -> SafeString:
    """Write the rows of what was found; `names` are those of the coalitions, by slug."""
    kinds = {kind: escape(str(KINDS.get(kind, kind))) for kind in {hit.kind for hit in found.items}}
    written = (_row(hit, kinds[hit.kind], names.get(hit.scope, "")) for hit in found.items)
    return mark_safe("".join(written))  # noqa: S308 (every value is escaped above)
