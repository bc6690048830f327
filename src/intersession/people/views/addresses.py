"""The addresses of a person: several, each proven by a code."""

from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from intersession.kit.pages import done, refusals_as_message, refusals_to
from intersession.people import actions, queries
from intersession.people.forms import AddressForm, CodeForm
from intersession.people.http import Request
from intersession.people.views.codes import MailedCode, filled_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: Request) -> HttpResponse:
    """List the addresses, and mail a code to one that is to be added."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if ratelimit.consume(request, action="manage_email"):
            # The same page follows, whoever owns the address; only its letter tells.
            letter = "taken" if queries.person_at(email) else "address"
            MailedCode.begin(request, "address", email, letter=letter)
            return redirect("people:address_code")
        form.add_error(None, _("Too many codes were asked for. Wait some minutes, then try again."))
    seen = {"form": form, "addresses": queries.addresses_of(request.user)}
    return render(request, "people/addresses.html", seen)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def address_code(request: Request) -> HttpResponse:
    """Show the code filled in; only its button adds the address."""
    waiting = MailedCode.waiting(request, "address")
    seen = {"waiting": waiting, "code": filled_in(request)}
    if waiting is None or not waiting.is_valid():
        return render(request, "people/address_again.html", seen)
    form = CodeForm(request.POST or None, code=waiting.code, initial={"code": filled_in(request)})
    if request.method == "POST":
        if form.is_valid():
            with refusals_to(form):
                actions.add_address(request.user, waiting.email, at=request.at)
                waiting.abort()
                return done(request, _("The address is added."), "people:addresses")
        elif not waiting.record_invalid_attempt():
            return render(request, "people/address_again.html", {"tried": True, **seen})
    return render(request, "people/address_code.html", {**seen, "form": form})


@require_POST
def primary(request: Request, pk: int) -> HttpResponse:
    """Make an address the main one."""
    with refusals_as_message(request):
        actions.make_primary(request.user, _own(request, pk), at=request.at)
        messages.success(request, _("Letters now go to this address."))
    return redirect("people:addresses")


@require_POST
def removal(request: Request, pk: int) -> HttpResponse:
    """Remove an address."""
    with refusals_as_message(request):
        actions.remove_address(request.user, _own(request, pk), at=request.at)
        messages.success(request, _("The address is removed."))
    return redirect("people:addresses")


def _own(request: Request, pk: int) -> EmailAddress:
    return get_object_or_404(queries.addresses_of(request.user), pk=pk)
