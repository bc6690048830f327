"""
Messages and rows of threads as HTML, joined without the template engine.

What was rendered when the mail came in is put between a head and its links; a page of ten messages
takes a fifth of a millisecond so, which templates take for one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from intersession.kit import words
from intersession.lists.formats.tombstones import html_of
from intersession.lists.models import Attachment, MailingList
from intersession.lists.queries.catching import Fresh
from intersession.lists.queries.pages import Line, Row
from intersession.lists.queries.talks import Post
from intersession.lists.rules.redacting import tombstones_of
from intersession.lists.rules.rendering import LAYOUT, spoken

DEEPEST = 8
"""Steps that the tree is indented."""
INMOST = 4
"""Steps that messages are indented, where they stand by answers."""


@lru_cache(maxsize=8_192)
def _day(day: date, language: str | None) -> str:
    return escape(words.day(day))


def day(at: datetime) -> str:
    """Write the day of a moment, in UTC."""
    return _day(at.date(), get_language())


@lru_cache(maxsize=8_192)
def _moment(day: date, language: str | None) -> tuple[str, str]:
    """Write a moment of a day in the reader's language, cut where its time stands."""
    told = _("%(day)s, %(time)s UTC") % {"day": _day(day, language), "time": "\0"}
    before, _time, after = told.partition("\0")
    return before, after


@lru_cache(maxsize=8_192)
def _own(at: datetime, zone: str, language: str | None) -> str:
    told = escape(words.own_moment(at, zone))
    title = escape(words.moment(at))
    return f'<time datetime="{at:%Y-%m-%dT%H:%M}Z" title="{title}">{told}</time>'


def stamp(at: datetime, zone: str = "UTC") -> str:
    """Write a moment as a time element: in the reader's zone, with UTC as its title."""
    if zone != "UTC":
        return _own(at, zone, get_language())
    before, after = _moment(at.date(), get_language())
    time = f"{at:%H:%M}"
    return f'<time datetime="{at:%Y-%m-%d}T{time}Z">{before}{time}{after}</time>'


def _quoted(count: int) -> str:
    return ngettext("%(n)d quoted line", "%(n)d quoted lines", count) % {"n": count}


def in_words(html: str) -> str:
    """
    Fill the marks of a rendered text in the reader's language.

    They are set apart, so that their direction does not become that of the text around them.
    """
    return spoken(html, lambda count: _apart(_quoted(count)), _apart(_("Signature")))


def _apart(told: str) -> str:
    return f'<bdi lang="{get_language() or "en"}">{told}</bdi>'


def said(post: Post) -> str:
    """Return what a message says, in its own language and direction."""
    spoken_in = f' lang="{escape(post.language)}"' if post.language else ""
    html, before = post.html, ""
    if "<!--" in html:
        stones, html = tombstones_of(html)
        before = html_of(stones)
        html = in_words(html)
        if before and not html:
            return before
    return f'{before}<div class="said"{spoken_in} dir="auto">{html}</div>'


def address_to_answer(mailing_list: MailingList, post: Post) -> str:
    """Write the mailto address by which a message is answered on its list (RFC 6068)."""
    subject = post.subject if post.subject[:3].lower() == "re:" else f"Re: {post.subject}"
    return (
        f"mailto:{quote(mailing_list.written_to, safe='@')}?subject={quote(subject)}"
        f"&amp;In-Reply-To={quote(f'<{post.message_id}>')}"
    )


def _file(base: str, attached: Attachment) -> str:
    name = escape(attached.name or _("File without a name"))
    size = escape(words.size(attached.size))
    return (
        f'<li><a href="{base}files/{attached.position}/" rel="nofollow"><bdi>{name}</bdi></a> '
        f'<span class="meta">{escape(attached.type)}, {size}</span></li>'
    )


class Writer:
    """Writes the messages of one list for one page; its words are looked up once."""

    def __init__(self, mailing_list: MailingList, zone: str = "UTC") -> None:
        self.mailing_list = mailing_list
        self.zone = zone
        self.base = f"/lists/{mailing_list.name}/"
        self.link, self.source = escape(_("Link")), escape(_("Source"))
        self.layout = escape(_("As it was laid out"))
        self.answer_here = escape(_("Answer here"))
        self.answer, self.nameless = escape(_("Answer by e-mail")), escape(_("Without a name"))

    def head(self, post: Post, level: int = 2) -> str:
        """Write who wrote and when."""
        name = escape(post.name) or self.nameless
        own = f"messages/{post.permalink}/"
        who = f"<bdi>{name}</bdi>"
        if post.name:
            who = f'<a href="{self.base}authors/{post.author}/">{who}</a>'
        return (
            f'<header class="flow"><h{level} class="by">{who}</h{level}>'
            f'<p class="meta"><a href="{self.base}{own}">{stamp(post.at, self.zone)}</a></p>'
            "</header>"
        )

    def message(
        self, post: Post, files: Sequence[Attachment], level: int = 2, depth: int = 0
    ) -> str:
        """Write a message with its head, its files and its links."""
        deep = f" in{min(depth, INMOST)}" if depth else ""
        own = f"{self.base}messages/{post.permalink}/"
        layout = ""
        if post.html.endswith(LAYOUT):
            layout = f' <a href="{own}layout/" rel="nofollow">{self.layout}</a>'
        held = "".join(_file(own, attached) for attached in files)
        return (
            f'<article class="msg{deep}" id="m{post.number}">{self.head(post, level)}'
            f'<div class="flow">{said(post)}{f"<ul>{held}</ul>" if held else ""}'
            f'<p class="meta inline"><a href="{address_to_answer(self.mailing_list, post)}">'
            f"{self.answer}</a> {self.here(own)}"
            f'<a href="{own}">{self.link}</a> '
            f'<a href="{own}raw/" rel="nofollow">{self.source}</a>{layout}</p></div></article>\n'
        )

    def here(self, own: str) -> str:
        """Write the link to answer on the page: a mirror has none."""
        if self.mailing_list.mirrors:
            return ""
        return f'<a href="{own}answer/" rel="nofollow">{self.answer_here}</a> '

    def messages(
        self,
        posts: Iterable[Post],
        files: Mapping[int, Sequence[Attachment]],
        depths: Mapping[int, int] | None = None,
    ) -> SafeString:
        """Write messages, one after the other; with depths, answers stand further in."""
        deep = depths or {}
        joined = "".join(
            self.message(post, files.get(post.pk, ()), depth=deep.get(post.pk, 0)) for post in posts
        )
        return mark_safe(joined)  # noqa: S308 (every value is escaped or was cleaned)

    def tree(self, posts: Sequence[Post]) -> SafeString:
        """Write who answered whom, as lists in lists; deeper than DEEPEST stays at that depth."""
        here = {post.pk for post in posts}
        children: dict[int | None, list[Post]] = {}
        for one in posts:
            children.setdefault(one.parent if one.parent in here else None, []).append(one)
        pieces: list[str] = []
        waiting: list[tuple[Post | None, int]] = [(p, 1) for p in reversed(children.get(None, []))]
        while waiting:
            post, depth = waiting.pop()
            if post is None:
                pieces.append("</ol></li>")
                continue
            name = escape(post.name) or self.nameless
            pieces.append(f'<li><a href="#m{post.number}"><bdi>{name}</bdi></a>, {day(post.at)}')
            below = children.get(post.pk, [])
            nested = bool(below) and depth < DEEPEST
            pieces.append("<ol>" if nested else "</li>")
            if nested:
                waiting.append((None, 0))
            waiting += [(child, depth + nested) for child in reversed(below)]
        return mark_safe("".join(pieces))  # noqa: S308 (every value is escaped)


@lru_cache(maxsize=8_192)
def _numbers(messages: int, people: int, language: str | None) -> str:
    count = ngettext("%(n)d message", "%(n)d messages", messages) % {"n": messages}
    told = ngettext("%(n)d person", "%(n)d people", people) % {"n": people}
    return f"{escape(count)}<br>{escape(told)}"


def _row(base: str, row: Row, when: datetime, language: str | None) -> str:
    numbers = _numbers(row.count, row.participants, language)
    subject = escape(row.subject) or escape(_("Without a subject"))
    return (
        f'<li><h3><a href="{base}threads/{row.permalink}/" dir="auto">{subject}</a></h3>'
        f'<p class="meta num">{numbers}</p><p class="meta num">{stamp(when)}</p></li>\n'
    )


def rows(mailing_list: MailingList, found: Sequence[Row], *, by_start: bool = False) -> SafeString:
    """Write threads as rows, with the moment of the first or of the last message."""
    base = f"/lists/{mailing_list.name}/"
    spoken_in = get_language()
    written = (
        _row(base, row, row.first_at if by_start else row.last_at, spoken_in) for row in found
    )
    return mark_safe("".join(written))  # noqa: S308 (every value is escaped)


def fresh_rows(mailing_list: MailingList, found: Sequence[Fresh]) -> SafeString:
    """Write threads with new messages as rows; each leads to its first new message."""
    base = f"/lists/{mailing_list.name}/"
    unnamed = escape(_("Without a subject"))
    whole = escape(_("New thread"))
    written = (
        f'<li><h3><a href="{base}threads/{one.first}/" dir="auto">'
        f"{escape(one.row.subject) or unnamed}</a></h3>"
        f'<p class="meta num">{escape(_new(one.count))}<br>'
        f"{whole if one.is_new else escape(_of(one.row.count))}</p>"
        f'<p class="meta num">{stamp(one.row.last_at)}</p></li>\n'
        for one in found
    )
    return mark_safe("".join(written))  # noqa: S308 (every value is escaped)


def _new(count: int) -> str:
    return ngettext("%(n)d new message", "%(n)d new messages", count) % {"n": count}


def _of(count: int) -> str:
    return ngettext("in a thread of %(n)d", "in a thread of %(n)d", count) % {"n": count}


def lines(mailing_list: MailingList, found: Sequence[Line]) -> SafeString:
    """Write messages as rows."""
    base = f"/lists/{mailing_list.name}/messages/"
    unnamed = escape(_("Without a subject"))
    written = (
        f'<li><h3><a href="{base}{line.permalink}/" dir="auto">'
        f"{escape(line.subject) or unnamed}</a></h3>"
        f'<p></p><p class="meta num">{stamp(line.at)}</p></li>\n'
        for line in found
    )
    return mark_safe("".join(written))  # noqa: S308 (every value is escaped)


def years(mailing_list: MailingList, months: Sequence[tuple[date, int]]) -> SafeString:
    """Write the months of a list, a line for each year, with how many messages each holds."""
    return _years(mailing_list.name, tuple(months), get_language())


@lru_cache(maxsize=200)
def _years(name: str, months: tuple[tuple[date, int], ...], language: str | None) -> SafeString:
    by_year: dict[int, list[tuple[date, int]]] = {}
    for first, count in months:
        by_year.setdefault(first.year, []).append((first, count))
    return mark_safe("".join(_year(name, *year) for year in by_year.items()))  # noqa: S308 (a slug, dates, counts)


def _year(name: str, year: int, months: Sequence[tuple[date, int]]) -> str:
    links = " ".join(
        f'<a href="/lists/{name}/{first:%Y/%m}/" title="{_month_title(first, count)}">'
        f"{first:%m}</a>"
        for first, count in reversed(months)
    )
    return f'<dt class="num">{year}</dt><dd class="num inline">{links}</dd>'


def _month_title(first: date, count: int) -> str:
    told = ngettext("%(month)s: %(n)d message", "%(month)s: %(n)d messages", count)
    return escape(told % {"month": _month(first, get_language()), "n": count})


@lru_cache(maxsize=4_096)
def _month(first: date, language: str | None) -> str:
    return words.partial_day(f"{first:%Y-%m}")
