"""Pages that say what went wrong and what to do."""

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from intersession.kit.kept import shown_back
from intersession.lists.queries.old_urls import address_now


def misunderstood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense, with the reason where it is one that we know."""
    return render(request, "400.html", {"reason": _reason(exception)}, status=400)


def _reason(problem: Exception) -> str:
    if isinstance(problem, DisallowedHost):
        return _(
            "These pages are not served under the name in the address. If you came by a link, it "
            "is wrong; if you look after this site, add the name to the setting INTERSESSION_HOSTS."
        )
    if isinstance(problem, TooManyFieldsSent):
        return _("The address or the form carries more than 1,000 fields; no page here needs more.")
    if isinstance(problem, TooManyFilesSent | RequestDataTooBig):
        return _("The form carries more than any page here takes.")
    return ""


def absent(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Lead on from where a page of an old archive was (pipermail, HyperKitty), else say 404."""
    found = None
    if request.method in ("GET", "HEAD"):
        found = address_now(request.get_host().partition(":")[0], request.path)
    if found is None:
        return page_not_found(request, exception)
    return HttpResponsePermanentRedirect(f"{settings.SITE_URL}{found}")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request whose CSRF token is missing or wrong, and show back what was typed."""
    return shown_back(request)
