"""The language of the pages: six, chosen in the band at the top."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from intersession.people import actions
from intersession.people.http import PublicRequest, visitor
from intersession.people.views.codes import safe


# Without a token, so that public pages need no cookie and stay the same bytes for everyone. A
# forged request could only change the language: the session cookie does not travel with it.
@csrf_exempt
@login_not_required
@require_POST
def language(request: PublicRequest) -> HttpResponse:
    """Set the language of the pages, and of the letters where somebody is signed in."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    person = visitor(request)
    if person is not None and person.language != chosen:
        actions.choose_language(person, chosen, at=request.at)
    return remember(redirect(safe(request, request.POST.get("next", "")) or "/"), chosen)


def remember(response: HttpResponse, chosen: str) -> HttpResponse:
    """Keep the language in a cookie for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=60 * 60 * 24 * 365, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, httponly=True,
    )  # fmt: skip
    return response
