"""Pages that say what went wrong and what to do."""

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from intersession.kit.kept import shown_back


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


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request whose CSRF token is missing or wrong, and show back what was typed."""
    return shown_back(request)
