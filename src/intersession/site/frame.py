"""What the frame of every page shows: navigation, tabs, languages."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intersession.kit.pages import here
from intersession.lists.models import Thread
from intersession.outputs.permissions import may_start
from intersession.people.http import PublicRequest, visitor
from intersession.people.states import VERSIONS, Text
from intersession.site.demo.bar import bar
from intersession.site.wiring import CAME_OF


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame; `current` marks where the reader is."""

    label: Any
    url: str
    current: bool = False


NAV = [
    (_("Take part"), "home"),
    (_("Coalitions"), "coalitions:index"),
    (_("Outputs"), "outputs:index"),
    (_("Lists"), "lists:index"),
]
TABS = [
    (_("Overview"), "coalitions:show"),
    (_("Work"), "outputs:work"),
    (_("List"), "coalitions:list"),
    (_("People"), "coalitions:people"),
    (_("Record"), "journal:timeline"),
]
"""The tabs of one coalition: a label and an address that takes the coalition's slug."""


@lru_cache(maxsize=2_000)
def address(name: str, *args: str) -> str:
    """Return the address of a page; looked up once, as the frame of every page needs several."""
    return reverse(name, args=args)


def _links(request: HttpRequest, table: list[tuple[Any, str]], *args: str) -> list[Link]:
    links = []
    for label, name in table:
        url = address(name, *args)
        section = address("lists:index") if name == "coalitions:list" else url
        is_wide = section != url or (not args and url != "/")
        inside = request.path.startswith(section) if is_wide else request.path == url
        links.append(Link(label, url, inside))
    return links


def _session(request: HttpRequest) -> dict[str, str]:
    """Give the addresses of the band: who is signed in, and in what language."""
    at = here(request)
    to = "" if at == "/" else f"?{urlencode({'next': at})}"
    return {
        "here": at,
        "language_url": address("people:language"),
        "sign_in_url": address("people:sign_in") + to,
        "sign_in_only_url": address("people:sign_in"),
        "sign_out_url": address("people:sign_out"),
        "profile_url": address("people:profile"),
        "desk_url": address("desk"),
    }


def _foot() -> list[Link]:
    """List the links at the foot of every page."""
    texts = [
        Link(text.label, reverse("people:text", args=[text.value, VERSIONS[text][-1]]))
        for text in (Text.CONDUCT, Text.PRIVACY, Text.TERMS)
    ]
    about = [
        (_("About and words"), "about"),
        (_("Record, and how to check it"), "journal:whole"),
        (_("Accessibility"), "accessibility"),
    ]
    return [*(Link(label, reverse(name)) for label, name in about), *texts]


HERE, TO = "@@here@@", "@@to@@"
"""Where a kept masthead is filled in: the address of the page, and where signing in leads back."""


@lru_cache(maxsize=200)
def _kept_masthead(language: str | None, current: int) -> str:
    """Write the masthead for a visitor in a language, in a section of the navigation."""
    nav = [Link(label, address(name), n == current) for n, (label, name) in enumerate(NAV)]
    session = {
        "here": HERE,
        "language_url": address("people:language"),
        "sign_in_url": address("people:sign_in") + TO,
    }
    shown = {
        "nav": nav, "session": session, "language": language, "languages": settings.LANGUAGES,
    }  # fmt: skip
    return render_to_string("_masthead.html", shown)


def _masthead(request: HttpRequest) -> SafeString:
    """
    Return the masthead of a visitor, kept but for the address of the page.

    It is half the work of a small page. For somebody signed in it is empty: the frame makes theirs.
    """
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return SafeString("")
    links = _links(request, NAV)
    current = next((n for n, link in enumerate(links) if link.current), -1)
    session = _session(request)
    to = session["sign_in_url"].removeprefix(address("people:sign_in"))
    kept = _kept_masthead(get_language(), current)
    filled = kept.replace(HERE, escape(session["here"])).replace(TO, escape(to))
    return mark_safe(filled)  # noqa: S308 (a template's own, and two addresses escaped)


@lru_cache(maxsize=50)
def _footer(language: str | None) -> SafeString:
    """Write the foot of every page in a language."""
    return render_to_string("_foot.html", {"foot": _foot()})


CAME = {
    "draft": _("It became a draft: %(name)s"),
    "call": _("It was put to a call for consensus: %(name)s"),
    "published": _("It was published: %(name)s"),
}
"""What can come of a discussion, in words."""


def _came(subject: Any) -> list[Link]:
    """List what became of the thing a page is about, as the wiring table knows it."""
    return [
        Link(CAME[one.kind] % {"name": one.name}, one.url)
        for tell in CAME_OF.get(type(subject), ())
        for one in tell(subject)
    ]


def _onward(request: PublicRequest, scope: Any, subject: Any) -> list[Link]:
    """List what can come of the thing a page is about; its app does not know of it."""
    if not isinstance(subject, Thread) or scope is None:
        return []
    person = visitor(request)
    if person is not None and not may_start(person, scope, at=request.at):
        return []
    url = address("outputs:start", scope.slug)
    return [Link(_("Start a draft from this thread"), f"{url}?thread={subject.pk}")]


def frame(request: PublicRequest) -> dict[str, Any]:
    """Give every template its frame; `request.scope`, set by a page, is its coalition."""
    scope, subject = getattr(request, "scope", None), getattr(request, "subject", None)
    return {
        "nav": SimpleLazyObject(lambda: _links(request, NAV)),
        "tabs": SimpleLazyObject(lambda: _links(request, TABS, scope.slug) if scope else []),
        "session": SimpleLazyObject(lambda: _session(request)),
        "search_url": address("search"),
        "masthead": SimpleLazyObject(lambda: _masthead(request)),
        "foot": SimpleLazyObject(_foot),
        "footer": SimpleLazyObject(lambda: _footer(get_language())),
        "came": SimpleLazyObject(lambda: _came(subject)),
        "onward": SimpleLazyObject(lambda: _onward(request, scope, subject)),
        "scope": scope,
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "zone": getattr(getattr(request, "user", None), "zone", "UTC"),
        "demo": bar(request),
    }
