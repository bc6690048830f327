"""
A list as pages that need no server: they open from a USB stick, and link to each other only.

Every file is written with the words of the reader who asks; nothing is kept between two of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from intersession.kit.words import partial_day
from intersession.lists.formats.zipped import Zip
from intersession.lists.models import Attachment, MailingList, Thread
from intersession.lists.queries import bytes_of, pages, talks
from intersession.lists.queries.talks import Post
from intersession.lists.rules.offline import safe_name
from intersession.lists.views import writing

BETWEEN = "<!-- between -->"
CHUNK = 200

type Page = Iterator[bytes]


class Site:
    """Writes the pages of one list, in one language, into one zip file."""

    def __init__(self, mailing_list: MailingList, at: datetime) -> None:
        self.mailing_list = mailing_list
        self.at = at
        self.language = get_language() or "en"
        self.zip = Zip()
        self.top = mailing_list.name
        self.threads = 0
        """How many threads are written so far."""

    def __iter__(self) -> Iterator[bytes]:
        """Give the zip file: the stylesheet, the index, the months, the threads, their files."""
        with closing(self.zip):
            yield from self._files()

    def _files(self) -> Iterator[bytes]:
        months = pages.months_of(self.mailing_list)
        yield self._file("style.css", self._rendered("style.css", {}))
        yield self._file("index.html", self._rendered("index.html", {"months": _listed(months)}))
        for first, count in months:
            yield self._file(f"months/{first:%Y-%m}.html", self._month(first, count))
        for thread in self._threads():
            files: list[tuple[str, Attachment]] = []
            yield self._file(f"threads/{thread.permalink}.html", self._thread(thread, files))
            for name, attached in files:
                yield self._file(f"files/{name}", (bytes_of(attached),))
            self.threads += 1
        yield from self.zip.end()

    def _file(self, name: str, chunks: Iterable[bytes]) -> bytes:
        with override(self.language):
            return self.zip.file(f"{self.top}/{name}", chunks, self.at)

    def _rendered(self, name: str, words: dict[str, Any]) -> Page:
        shown = {"list": self.mailing_list, "at": self.at, "between": BETWEEN, **words}
        yield render_to_string(f"lists/offline/{name}", shown).encode()

    def _around(self, name: str, words: dict[str, Any], middle: Iterable[str]) -> Page:
        """Render a page and put its middle in piece by piece."""
        before, after = next(self._rendered(name, words)).split(BETWEEN.encode())
        yield before
        for piece in middle:
            yield piece.encode()
        yield after

    def _threads(self) -> Iterator[Thread]:
        last = 0
        threads = Thread.objects.filter(mailing_list=self.mailing_list).order_by("pk")
        while part := list(threads.filter(pk__gt=last)[:CHUNK]):
            last = part[-1].pk
            yield from part

    def _month(self, first: date, count: int) -> Page:
        """Write the threads that began in a month."""
        since = datetime(first.year, first.month, 1, tzinfo=UTC)
        until = since.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
        begun = Thread.objects.filter(
            mailing_list=self.mailing_list, first_at__gte=since, first_at__lt=until
        ).order_by("first_at", "pk")
        words = {"month": partial_day(f"{first:%Y-%m}"), "count": count}
        return self._around("month.html", words, map(_row, begun.iterator(CHUNK)))

    def _thread(self, thread: Thread, files: list[tuple[str, Attachment]]) -> Page:
        """Write a thread whole, a few messages at a time, and say which files it needs."""
        words = {"thread": thread, "month": f"{thread.first_at:%Y-%m}"}
        return self._around("thread.html", words, self._messages(thread, files))

    def _messages(self, thread: Thread, files: list[tuple[str, Attachment]]) -> Iterator[str]:
        batch: list[Post] = []
        for post in talks.whole(thread):
            batch.append(post)
            if len(batch) == talks.CHUNK:
                yield from _written(batch, files)
                batch = []
        yield from _written(batch, files)


def _listed(months: Sequence[tuple[date, int]]) -> list[tuple[str, str, int]]:
    return [(f"{first:%Y-%m}", partial_day(f"{first:%Y-%m}"), count) for first, count in months]


def _row(thread: Thread) -> str:
    return render_to_string("lists/offline/_row.html", {"thread": thread, "when": _when(thread)})


def _when(thread: Thread) -> SafeString:
    return mark_safe(writing.stamp(thread.first_at))  # noqa: S308 (a time, and words of ours)


def _written(posts: Sequence[Post], files: list[tuple[str, Attachment]]) -> Iterator[str]:
    """Write messages; each file is given a name of its own below `files`."""
    found = talks.files_of(posts)
    for post in posts:
        links = []
        for attached in found.get(post.pk, []):
            name = f"{post.number}/{safe_name(attached.name, attached.position)}"
            files.append((name, attached))
            shown = escape(attached.name or name)
            links.append(f'<li><a href="../files/{escape(name)}"><bdi>{shown}</bdi></a></li>')
        held = f"<ul>{''.join(links)}</ul>" if links else ""
        yield (
            f'<article id="m{post.number}"><h2><bdi>{escape(post.name)}</bdi></h2>'
            f'<p class="meta"><a href="#m{post.number}">{writing.stamp(post.at)}</a></p>'
            f"{writing.said(post)}{held}</article>\n"
        )
