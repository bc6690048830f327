"""Who is trusted, looked at first or suspended on a list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intersession.kit.answers import ensure
from intersession.kit.pages import done, refusals_as_message, refusals_to
from intersession.lists import actions, forms, permissions
from intersession.lists.http import list_named
from intersession.lists.models import PostingRight
from intersession.lists.queries.standing import rights_of
from intersession.lists.states import Standing
from intersession.people.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: Request, name: str) -> HttpResponse:
    """Show what was decided about posts of whom, and decide anew."""
    mailing_list = list_named(request, name)
    ensure(permissions.may_moderate(request.user, mailing_list, at=request.at))
    form = forms.StandingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals_to(form):
            actions.set_posting_right(
                request.user, mailing_list, said["address"], Standing(said["standing"]),
                at=request.at, reason=said["reason"], until=said["until"],
            )  # fmt: skip
        if form.is_valid():
            return done(request, _("Decided."), request.path)
    after = request.GET.get("after", "")
    shown = {
        "list": mailing_list,
        "form": form,
        "part": rights_of(mailing_list, after, at=request.at),
        "is_later": bool(after),
        "may_suspend": permissions.may_suspend(request.user, mailing_list, at=request.at),
    }
    return render(request, "lists/standing.html", shown)


@require_POST
def lifting(request: Request, name: str, number: int) -> HttpResponse:
    """Lift a decision."""
    mailing_list = list_named(request, name)
    ensure(permissions.may_moderate(request.user, mailing_list, at=request.at))
    right = get_object_or_404(PostingRight, pk=number, mailing_list=mailing_list)
    right.mailing_list = mailing_list
    with refusals_as_message(request):
        actions.lift(request.user, right, at=request.at)
        messages.success(request, _("It is lifted."))
    return redirect("lists:posting", name)
