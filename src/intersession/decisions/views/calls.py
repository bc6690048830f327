"""All calls, one call, and the verbs of who speaks in it and who leads it."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intersession.decisions import actions, forms, queries
from intersession.decisions.states import Capacity, Stance
from intersession.decisions.views.page import LEADING, show_page, take, the_call
from intersession.people.http import PublicRequest, Request


@login_not_required
@require_safe
def index(request: PublicRequest) -> HttpResponse:
    """Show the calls that are open, then those that are over."""
    given = {
        "open": queries.open_calls(request.at),
        "closed": queries.closed_part(request.at, request.GET.get("before", "")),
    }
    return render(request, "decisions/index.html", given)


@login_not_required
@require_safe
def show(request: PublicRequest, slug: str) -> HttpResponse:
    """Show one call."""
    return show_page(request, the_call(request, slug))


@require_POST
def position(request: Request, slug: str) -> HttpResponse:
    """Take a position."""
    call = the_call(request, slug)
    text = queries.current_round(call)
    form = forms.PositionForm(request.POST, parts=text.parts(), auto_id="p-%s")

    def act() -> None:
        said = form.cleaned_data
        actions.take_position(
            request.user, call, at=request.at, stance=Stance(said["stance"]), reason=said["reason"],
            remedy=said["remedy"], passages=said.get("places", ()),
            capacity=Capacity(said["capacity"]), organization=said["organization"],
            on_round=said["round"],
        )  # fmt: skip

    return take(request, call, "position", form, act, _("Your position is recorded."))


def _lead(
    request: Request, slug: str, name: str, verb: Callable[..., object], words: str
) -> HttpResponse:
    """Do with a call what its form says; the fields are named as the verb takes them."""
    call = the_call(request, slug)
    kind, ids = LEADING[name]
    form = kind(request.POST, auto_id=ids)

    def act() -> None:
        verb(request.user, call, at=request.at, **form.cleaned_data)

    return take(request, call, name, form, act, words)


@require_POST
def determination(request: Request, slug: str) -> HttpResponse:
    """Declare how the call ended."""
    words = _("The call is determined, and its record is frozen.")
    return _lead(request, slug, "determination", actions.determine, words)


@require_POST
def deferral(request: Request, slug: str) -> HttpResponse:
    """Defer the call."""
    return _lead(request, slug, "deferral", actions.defer, _("The call is deferred."))


@require_POST
def withdrawal(request: Request, slug: str) -> HttpResponse:
    """Withdraw the call."""
    return _lead(request, slug, "withdrawal", actions.withdraw, _("The call is withdrawn."))


@require_POST
def correction(request: Request, slug: str) -> HttpResponse:
    """Add a later word to the determination."""
    return _lead(request, slug, "correction", actions.correct, _("The correction is recorded."))
