"""All calls, and one call."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intersession.decisions import queries
from intersession.people.http import PublicRequest, visitor


@login_not_required
@require_safe
def index(request: PublicRequest) -> HttpResponse:
    """Show the calls that are open, then those that are over."""
    given = {"open": queries.open_calls(request.at), "closed": queries.closed_calls(request.at)}
    return render(request, "decisions/index.html", given)


@login_not_required
@require_safe
def show(request: PublicRequest, slug: str) -> HttpResponse:
    """Show one call."""
    call = get_object_or_404(queries.visible_to(visitor(request)), slug=slug)
    request.scope = call.coalition
    given = {"call": call, "standing": queries.standing(call), "text": queries.current_round(call)}
    return render(request, "decisions/show.html", given)
