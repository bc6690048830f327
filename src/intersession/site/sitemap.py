"""
The site's map for search engines: an index, and parts of bounded size that are streamed.

A part is a range of row numbers, so that no part is counted before it is written. At most 50,000
addresses are allowed in a file (sitemaps.org, protocol 0.9); ours have at most 5,000.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Max, QuerySet
from django.urls import reverse

from intersession.coalitions.models import Coalition
from intersession.lists.models import Thread
from intersession.outputs.models import ListedOutput, Publication
from intersession.outputs.states import Edition

PART = 5_000
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

type Address = tuple[str, datetime | None]
"""An address of ours and, where it is known, when what is there changed last."""


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of page: which rows, and where a row's page is."""

    rows: Callable[[], QuerySet[Any]]
    addresses: Callable[[QuerySet[Any]], Iterator[Address]]


def _coalitions(rows: QuerySet[Any]) -> Iterator[Address]:
    for slug in rows.values_list("slug", flat=True).iterator():
        yield reverse("coalitions:show", args=[slug]), None


def _outputs(rows: QuerySet[Any]) -> Iterator[Address]:
    for one in rows.select_related("output").iterator(chunk_size=1_000):
        yield one.output.get_absolute_url(), one.published_at


def _known(rows: QuerySet[Any]) -> Iterator[Address]:
    for key in rows.values_list("key", flat=True).iterator():
        yield reverse("outputs:known", args=[key]), None


def _threads(rows: QuerySet[Any]) -> Iterator[Address]:
    for thread in rows.select_related("mailing_list").iterator(chunk_size=1_000):
        yield thread.get_absolute_url(), thread.last_at


SECTIONS: dict[str, Section] = {
    "coalitions": Section(lambda: Coalition.objects.all(), _coalitions),
    "outputs": Section(lambda: Publication.objects.filter(state=Edition.CURRENT), _outputs),
    "known": Section(lambda: ListedOutput.objects.all(), _known),
    "threads": Section(lambda: Thread.objects.all(), _threads),
}
PAGES = (
    "home",
    "coalitions:index",
    "about",
    "accessibility",
    "journal:whole",
    "decisions:index",
    "outputs:index",
    "outputs:known_index",
)


def parts() -> Iterator[tuple[str, int]]:
    """Name every part there may be, from the highest row number of each section."""
    for name, section in SECTIONS.items():
        highest = section.rows().aggregate(highest=Max("pk"))["highest"] or 0
        yield from ((name, number) for number in range(1, -(-highest // PART) + 1))


def index() -> Iterator[str]:
    """Write the index, one line a part."""
    yield f"{HEAD}<sitemapindex {SPACE}>\n"
    yield _line("sitemap", reverse("sitemap-pages"))
    for name, number in parts():
        yield _line("sitemap", reverse("sitemap-part", args=[name, number]))
    yield "</sitemapindex>\n"


def pages() -> Iterator[str]:
    """Write the part of the pages that are always there."""
    yield f"{HEAD}<urlset {SPACE}>\n"
    yield from (_line("url", reverse(name)) for name in PAGES)
    yield "</urlset>\n"


def part(name: str, number: int) -> Iterator[str]:
    """Write one part of one section."""
    section = SECTIONS[name]
    rows = section.rows().filter(pk__gt=(number - 1) * PART, pk__lte=number * PART).order_by("pk")
    yield f"{HEAD}<urlset {SPACE}>\n"
    for path, changed_at in section.addresses(rows):
        yield _line("url", path, changed_at)
    yield "</urlset>\n"


def _line(tag: str, path: str, changed_at: datetime | None = None) -> str:
    changed = f"<lastmod>{changed_at.isoformat()}</lastmod>" if changed_at else ""
    return f"<{tag}><loc>{escape(settings.SITE_URL + path)}</loc>{changed}</{tag}>\n"
