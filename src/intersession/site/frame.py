"""What the frame of every page shows: navigation, tabs, languages."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intersession.people.states import VERSIONS, Text
from intersession.site.demo.bar import bar


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
]
TABS = [
    (_("Overview"), "coalitions:show"),
    (_("Work"), "outputs:work"),
    (_("People"), "coalitions:people"),
    (_("Record"), "journal:timeline"),
]
"""The tabs of one coalition: a label and an address that takes the coalition's slug."""


def _links(request: HttpRequest, table: list[tuple[Any, str]], *args: str) -> list[Link]:
    links = []
    for label, name in table:
        url = reverse(name, args=args)
        inside = request.path.startswith(url) if not args and url != "/" else request.path == url
        links.append(Link(label, url, inside))
    return links


def _session(request: HttpRequest) -> dict[str, str]:
    """Give the addresses of the band: who is signed in, and in what language."""
    here = request.get_full_path()
    to = "" if here == "/" else f"?{urlencode({'next': here})}"
    return {
        "here": here,
        "language_url": reverse("people:language"),
        "sign_in_url": reverse("people:sign_in") + to,
        "sign_out_url": reverse("people:sign_out"),
        "profile_url": reverse("people:profile"),
        "desk_url": reverse("desk"),
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


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template its frame; `request.scope`, set by a page, is its coalition."""
    scope = getattr(request, "scope", None)
    return {
        "nav": SimpleLazyObject(lambda: _links(request, NAV)),
        "tabs": SimpleLazyObject(lambda: _links(request, TABS, scope.slug) if scope else []),
        "session": SimpleLazyObject(lambda: _session(request)),
        "search_url": reverse("search"),
        "foot": SimpleLazyObject(_foot),
        "scope": scope,
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "zone": getattr(getattr(request, "user", None), "zone", "UTC"),
        "demo": bar(request),
    }
