"""Welcome, profile, consent, texts."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intersession.kit.pages import done, refusals_as_message, refusals_to
from intersession.people import actions, queries, rules
from intersession.people.forms import ConsentForm, DescriptionForm
from intersession.people.http import PublicRequest, Request
from intersession.people.models import Consent
from intersession.people.states import VERSIONS, Text
from intersession.people.views.codes import safe


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: Request) -> HttpResponse:
    """Ask somebody new who they are, and for their consent; both can wait."""
    to = safe(request, request.POST.get("next", request.GET.get("next", "")))
    to = to or resolve_url(settings.LOGIN_REDIRECT_URL)
    form = DescriptionForm(request.POST or None, person=request.user)
    consents = ConsentForm(request.POST or None, open_texts=queries.open_texts(request.user))
    if request.method == "POST" and form.is_valid() and consents.is_valid():
        with refusals_to(form), transaction.atomic():
            _take_in(request, form, consents)
        if form.is_valid():
            return done(request, _("Welcome. You can change all this in your profile."), to)
    seen = {"form": form, "consents": consents, "next": to}
    return render(request, "people/welcome.html", seen)


def _take_in(request: Request, form: DescriptionForm, consents: ConsentForm) -> None:
    if form.has_changed():
        actions.describe(request.user, request.user, form.description(), at=request.at)
    for text in consents.cleaned_data["texts"]:
        actions.consent(request.user, text, rules.current_version(text), at=request.at)


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    """Show and change how the person describes themselves."""
    form = DescriptionForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.describe(request.user, request.user, form.description(), at=request.at)
        if form.is_valid():
            return done(request, _("Your profile is saved."), "people:profile")
    seen = {
        "form": form,
        "addresses": queries.addresses_of(request.user),
        "consents": queries.consents_of(request.user),
        "open_texts": queries.open_texts(request.user),
    }
    return render(request, "people/profile.html", seen)


@require_POST
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take an acceptance back."""
    given = get_object_or_404(Consent.objects.filter(person=request.user), pk=pk)
    with refusals_as_message(request):
        actions.withdraw_consent(request.user, given, at=request.at)
        messages.success(request, _("Your acceptance is taken back."))
    return redirect("people:profile")


@login_not_required
@require_safe
def text(request: PublicRequest, name: str, version: str) -> HttpResponse:
    """Show a version of a text that people accept, the present one or an older one."""
    if name not in Text.values or version not in VERSIONS[Text(name)]:
        raise Http404
    seen = {"title": Text(name).label, "version": version, "versions": VERSIONS[Text(name)]}
    seen |= {"words": f"people/texts/{name}-{version}.html", "name": name}
    return render(request, "people/text.html", seen)
