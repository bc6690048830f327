"""Outputs published elsewhere: the list of them, and the page of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intersession.outputs.queries.known import known, sources
from intersession.outputs.states import KnownKind
from intersession.people.http import PublicRequest


@login_not_required
@require_safe
def index(request: PublicRequest) -> HttpResponse:
    """List what coalitions published elsewhere, and how often a use of it is known."""
    wanted = {name: request.GET.get(name, "") for name in ("coalition", "kind")}
    told = {"wanted": wanted, "outputs": known(**wanted), "coalitions": sources()}
    return render(request, "outputs/known_index.html", {**told, "kinds": KnownKind.choices})


@login_not_required
@require_safe
def show(request: PublicRequest, key: str) -> HttpResponse:
    """Show the facts about the output, and who used it."""
    output = get_object_or_404(known().prefetch_related("uptake"), key=key)
    return render(request, "outputs/known.html", {"output": output})
