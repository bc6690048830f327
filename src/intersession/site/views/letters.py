"""The letters of a demo: what the platform would have mailed. Elsewhere there is no such page."""

from zlib import decompress

import nh3
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from intersession.outbox import queries
from intersession.people.http import PublicRequest
from intersession.site.demo import sink

SHOWN = 200_000
"""Bytes of an enclosed mail that the page shows."""


@login_not_required
@require_safe
def index(request: PublicRequest) -> HttpResponse:
    """Show every letter, newest first."""
    _only_in_a_demo()
    part = queries.part(queries.newest(), before=request.GET.get("before", ""))
    copies = [] if "before" in request.GET else sink.newest()
    return render(request, "site/letters.html", {"part": part, "copies": copies})


@login_not_required
@require_safe
def show(request: PublicRequest, number: int) -> HttpResponse:
    """Show one letter, as text and as HTML; of the HTML only what is harmless."""
    _only_in_a_demo()
    letter = get_object_or_404(queries.newest().select_related("enclosed"), pk=number)
    if letter.enclosed is not None:
        source = decompress(letter.enclosed.raw)[:SHOWN].decode("utf-8", "replace")
        return render(request, "site/letter.html", {"letter": letter, "source": source})
    html = SafeString(nh3.clean(letter.html, clean_content_tags={"title", "script", "style"}))
    return render(request, "site/letter.html", {"letter": letter, "html": html})


@login_not_required
@require_safe
def copy(request: PublicRequest, number: int) -> HttpResponse:
    """Show one copy of a post as it left, byte by byte."""
    _only_in_a_demo()
    if (found := sink.mail(number)) is None:
        raise Http404
    return render(request, "site/copy.html", {"copy": found[0], "source": found[1]})


def _only_in_a_demo() -> None:
    if not settings.DEMO:
        raise Http404
