"""The directory of coalitions."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intersession.coalitions.queries import coordination_group
from intersession.coalitions.rules import Wanted
from intersession.people.http import PublicRequest, visitor
from intersession.site.directory import directory


@login_not_required
@require_safe
def index(request: PublicRequest) -> HttpResponse:
    """Show every coalition, or those that the reader looks for."""
    asked = request.GET
    wanted = Wanted(
        words=asked.get("q", "")[:200],
        status=asked.get("status", ""),
        theme=asked.get("theme", ""),
        group=asked.get("group", ""),
        is_open=asked.get("open") == "1",
    )
    found = directory(visitor(request), wanted, at=request.at)
    shown = {"found": found, "wanted": wanted, "all": Wanted(), "group": coordination_group()}
    return render(request, "site/directory.html", shown)
