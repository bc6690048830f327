"""The first of the Secretariat: a link from the operator, used once, by a button."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from intersession.people import actions, queries
from intersession.people.http import PublicRequest, visitor


@login_not_required
@never_cache
@require_safe
def invited(request: PublicRequest, token: str) -> HttpResponse:
    """Show whom the link is for, and a button. Looking at it changes nothing."""
    found = queries.invited_by(token)
    if found is None:
        raise Http404
    actions.ensure_open(*found, at=request.at)
    return render(request, "people/invited.html", {"token": token, "invited": found[0]})


@login_not_required
@never_cache
@require_POST
def acceptance(request: PublicRequest, token: str) -> HttpResponse:
    """Make the person Secretariat and sign them in; others are signed out of this browser."""
    if queries.invited_by(token) is None:
        raise Http404
    person = actions.become_secretariat(token, at=request.at)
    if visitor(request) is not None:
        logout(request)
    to = resolve_url(settings.LOGIN_REDIRECT_URL)
    if queries.open_texts(person):
        to = f"{reverse('people:welcome')}?{urlencode({'next': to})}"
    response: HttpResponse = perform_login(
        request, person, email_verification="none", redirect_url=to, email=person.email
    )
    return response
