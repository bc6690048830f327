"""All calls, one call, and the verbs of who speaks in it and who leads it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intersession.decisions import actions, forms, queries
from intersession.decisions.states import Capacity, Level, Stance
from intersession.decisions.views.page import show_page, take, the_call
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


@require_POST
def determination(request: Request, slug: str) -> HttpResponse:
    """Declare how the call ended."""
    call = the_call(request, slug)
    form = forms.DeterminationForm(request.POST, auto_id="d-%s")

    def act() -> None:
        said = form.cleaned_data
        actions.determine(
            request.user, call, at=request.at, level=Level(said["level"]),
            summary=said["summary"], options=said["options"], reopens=said["reopens"],
        )  # fmt: skip

    words = _("The call is determined, and its record is frozen.")
    return take(request, call, "determination", form, act, words)


@require_POST
def deferral(request: Request, slug: str) -> HttpResponse:
    """Defer the call."""
    call = the_call(request, slug)
    form = forms.ReasonForm(request.POST, auto_id="df-%s")

    def act() -> None:
        actions.defer(request.user, call, at=request.at, reason=form.cleaned_data["reason"])

    return take(request, call, "deferral", form, act, _("The call is deferred."))


@require_POST
def withdrawal(request: Request, slug: str) -> HttpResponse:
    """Withdraw the call."""
    call = the_call(request, slug)
    form = forms.ReasonForm(request.POST, auto_id="w-%s")

    def act() -> None:
        actions.withdraw(request.user, call, at=request.at, reason=form.cleaned_data["reason"])

    return take(request, call, "withdrawal", form, act, _("The call is withdrawn."))


@require_POST
def correction(request: Request, slug: str) -> HttpResponse:
    """Add a later word to the determination."""
    call = the_call(request, slug)
    form = forms.CorrectionForm(request.POST, auto_id="c-%s")

    def act() -> None:
        actions.correct(request.user, call, at=request.at, words=form.cleaned_data["words"])

    return take(request, call, "correction", form, act, _("The correction is recorded."))
