"""Pages of the register."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intersession.coalitions import queries
from intersession.people.http import PublicRequest, visitor


@login_not_required
@require_safe
def index(request: PublicRequest) -> HttpResponse:
    """Show the directory."""
    return render(
        request, "coalitions/index.html", {"coalitions": queries.visible_to(visitor(request))}
    )


@login_not_required
@require_safe
def show(request: PublicRequest, slug: str) -> HttpResponse:
    """Show one coalition."""
    coalition = get_object_or_404(queries.visible_to(visitor(request)), slug=slug)
    return render(request, "coalitions/show.html", {"coalition": coalition})
