"""Answering 304 before a page is made, to readers who are not signed in."""

from importlib.metadata import version
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

BUILD = version("intersession")


def tag_of(request: HttpRequest, *marks: object) -> str:
    """
    Return the entity tag of a page that depends on these marks; empty where it has none.

    Pages of people who are signed in, and of a demo with its clock, depend on more.
    """
    if settings.DEMO or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return ""
    return f'W/"{BUILD}-{get_language()}-{"-".join(quote(str(mark), safe="") for mark in marks)}"'


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """Return the answer 304 where the reader has this page already (RFC 9110, 13.1.2)."""
    if not tag or request.headers.get("If-None-Match") is None:
        return None
    answer = get_conditional_response(request, etag=tag)
    return _tagged(answer, tag) if answer is not None else None


def _tagged(answer: HttpResponse, tag: str) -> HttpResponse:
    if tag:
        answer.headers["ETag"] = tag
        answer.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(answer, ["Cookie", "Accept-Language"])
    return answer


def tagged(answer: HttpResponse, tag: str) -> HttpResponse:
    """Give a page its tag."""
    return _tagged(answer, tag)
