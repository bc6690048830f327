"""Home and desk."""

from django.contrib.auth.decorators import login_not_required
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intersession.coalitions.queries import register
from intersession.kit.charts import Scale
from intersession.kit.composed import Composed
from intersession.outputs.queries import latest
from intersession.people.http import PublicRequest, Request, visitor
from intersession.site.desk import desk_of
from intersession.site.open_work import drawn, open_work

LATEST = Composed(lambda: latest(5))


@login_not_required
@require_safe
def home(request: PublicRequest) -> HttpResponse:
    """Show what is open to take part in now, the latest outputs, the coalitions."""
    at, scale = request.at, Scale(request.at)
    shown = {
        "open": drawn(open_work(at), at),
        "scale": scale,
        "now": scale.position(at),
        "latest": LATEST(),
        "coalitions": register(visitor(request))
        .only("slug", "name", "acronym")
        .order_by(Lower("name")),
    }
    return render(request, "site/home.html", shown)


@require_safe
def desk(request: Request) -> HttpResponse:
    """Show what waits for the reader, since when and until when."""
    return render(request, "site/desk.html", {"desk": desk_of(request.user, at=request.at)})
