"""What somebody typed into a form that was not taken: shown back, so that nothing is lost."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

SIGN = re.compile(r"[a-z0-9_.:/-]{0,40}")
"""A key, a number, a choice: what a form says by itself rather than somebody in words."""
UNSAID = frozenset({"csrfmiddlewaretoken", "code"})
"""Fields that are never repeated: one proves where a form came from, one who somebody is."""
WRITTEN = frozenset({"note", "reason", "reply", "summary", "text", "words", "wording"})
"""Fields that only people fill in: one short word there is theirs too."""
UNTYPED = frozenset({"next", "seen", "base"})
"""Fields that forms fill in: where to go on, what was shown, on what it was written."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One field of a form, as it was sent."""

    name: str
    value: str

    @property
    def is_words(self) -> bool:
        """Test whether somebody's words are in it, to be read and copied."""
        if self.name in WRITTEN:
            return bool(self.value.strip())
        return self.name not in UNTYPED and SIGN.fullmatch(self.value) is None

    @property
    def rows(self) -> int:
        """Return how many lines show it without much scrolling."""
        return min(20, 2 + len(self.value) // 70 + self.value.count("\n"))


def typed(request: HttpRequest) -> list[Typed]:
    """Return what a form has sent, field by field."""
    if request.method != "POST":
        return []
    return [
        Typed(name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in UNSAID
    ]


def came_from_here(request: HttpRequest) -> bool:
    """
    Test whether the browser says that the form stood on a page of this site.

    What another site has filled in is never offered to be sent with one click.
    """
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(said).netloc == request.get_host()


def shown_back(request: HttpRequest, *, signed_out: bool = False) -> HttpResponse:
    """Show what was typed: to be sent again from the page itself, else to be copied."""
    given: dict[str, Any] = {
        "typed": typed(request),
        "again": signed_out or came_from_here(request),
        "address": request.get_full_path(),
        "has_files": bool(request.FILES),
        "signed_out": signed_out,
    }
    return render(request, "kept.html", given, status=403)


class SignedIn(LoginRequiredMiddleware):
    """
    Middleware: lead to the sign-in page, but keep what somebody sent after their session ended.

    It comes after the check of where a form came from, so that only our own forms get here.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[Any, Any],
    ) -> HttpResponseBase | None:
        """Show a form back with its words; whoever pressed a mere button signs in first."""
        to_sign_in = super().process_view(request, view_func, view_args, view_kwargs)
        if to_sign_in is not None and any(one.is_words for one in typed(request)):
            return shown_back(request, signed_out=True)
        return to_sign_in
