"""Signing in by a mailed code, and signing out. New and known people see the same pages."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from intersession.kit.pages import done, refusals_to
from intersession.people import actions, queries
from intersession.people.forms import AddressForm, CodeForm
from intersession.people.http import PublicRequest, visitor
from intersession.people.views.codes import MailedCode, filled_in, safe
from intersession.people.views.language import remember


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: PublicRequest) -> HttpResponse:
    """Ask for an address, and mail a code to it: whether it is known or not."""
    form = AddressForm(request.POST or None)
    to = safe(request, request.POST.get("next", request.GET.get("next", "")))
    if visitor(request) is not None:
        return redirect(to or settings.LOGIN_REDIRECT_URL)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if ratelimit.consume(request, action="request_login_code", key=email):
            MailedCode.begin(request, "sign_in", email, to=to)
            return redirect("people:sign_in_code")
        form.add_error(None, _("Too many codes were asked for. Wait some minutes, then try again."))
    return render(request, "people/sign_in.html", {"form": form, "next": to})


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: PublicRequest) -> HttpResponse:
    """Show the code filled in; only its button signs in. GET changes nothing, however often."""
    waiting = MailedCode.waiting(request, "sign_in")
    seen: dict[str, Any] = {"waiting": waiting, "code": filled_in(request)}
    if waiting is None or not waiting.is_valid():
        return render(request, "people/sign_in_again.html", {**seen, "form": AddressForm()})
    form = CodeForm(request.POST or None, code=waiting.code, initial={"code": filled_in(request)})
    if request.method == "POST":
        if form.is_valid():
            with refusals_to(form):
                return _enter(request, waiting)
        elif not waiting.record_invalid_attempt():
            return render(request, "people/sign_in_again.html", {"tried": True, **seen})
    return render(request, "people/sign_in_code.html", {**seen, "form": form})


def _enter(request: PublicRequest, waiting: MailedCode) -> HttpResponse:
    person = actions.arrive(waiting.email, at=request.at, language=get_language() or "en")
    waiting.abort()
    to = waiting.to or resolve_url(settings.LOGIN_REDIRECT_URL)
    if queries.open_texts(person):
        to = f"{reverse('people:welcome')}?{urlencode({'next': to})}"
    response: HttpResponse = perform_login(
        request, person, email_verification="none", redirect_url=to, email=waiting.email
    )
    return remember(response, person.language)


@require_POST
def sign_out(request: PublicRequest) -> HttpResponse:
    """Sign out of this browser."""
    logout(request)
    return done(request, _("You are signed out."), resolve_url(settings.LOGOUT_REDIRECT_URL))
