"""The page of a coalition in the hands of its coordinators."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intersession.coalitions import actions, permissions, queries
from intersession.coalitions.forms import PageForm, typed
from intersession.coalitions.models import Coalition
from intersession.kit.answers import ensure
from intersession.kit.difference import words
from intersession.kit.pages import done, refusals_as_message, refusals_to
from intersession.people.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, slug: str) -> HttpResponse:
    """Edit overview, contact and links; what is stale is kept and shown with the difference."""
    coalition = get_object_or_404(queries.visible_to(request.user), slug=slug)
    ensure(permissions.may_edit_page(request.user, coalition, at=request.at))
    request.scope = coalition
    now = typed(queries.page_of(coalition)) | {"base": coalition.edits}
    form = PageForm(request.POST or None, initial=now)
    told: dict[str, Any] = {"coalition": coalition, "form": form}
    if form.is_valid():
        with refusals_to(form):
            try:
                actions.edit_page(
                    request.user, coalition, form.page(), base=form.cleaned_data["base"],
                    at=request.at,
                )  # fmt: skip
            except actions.Stale as stale:
                told |= _merging(coalition, form) | {"stale": stale}
            else:
                return done(request, _("The page is saved."), coalition.get_absolute_url())
    return render(request, "coalitions/page.html", told)


def _merging(coalition: Coalition, form: PageForm) -> dict[str, Any]:
    """Keep what was typed, beside how it differs from what another saved."""
    theirs, mine = typed(queries.page_of(coalition)), typed(form.page())
    differences = [
        (form[name].label, words(theirs[name], mine[name]))
        for name in mine
        if theirs[name] != mine[name]
    ]
    return {
        "form": PageForm(initial=mine | {"base": coalition.edits}),
        "differences": differences,
    }


@require_POST
def confirmation(request: Request, slug: str) -> HttpResponse:
    """Say that the page is right, as it was seen."""
    coalition = get_object_or_404(queries.visible_to(request.user), slug=slug)
    base = request.POST.get("base", "")
    seen = int(base) if base.isdecimal() and len(base) < 10 else -1
    with refusals_as_message(request):
        actions.confirm_page(request.user, coalition, base=seen, at=request.at)
        messages.success(request, _("Noted: the coalition says that this page is right."))
    return redirect(coalition)
