"""What was asked for and takes a while: where it is asked, how far it is, and the file."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from intersession.jobs import queries
from intersession.jobs.models import Run
from intersession.kit import clock
from intersession.lists.http import list_named
from intersession.lists.models import Thread
from intersession.people.http import PublicRequest, Request, visitor
from intersession.site import tasks
from intersession.site.making import ask_for_pages

MADE_BEFORE = 5


@login_not_required
@require_safe
def carrying(request: PublicRequest, name: str) -> HttpResponse:
    """Say what an archive as pages is; people ask for it here, and find what they asked for."""
    found = list_named(request, name)
    person = visitor(request)
    asked = (
        queries.asked_by(person.pk).filter(asked_on=request.path) if person else Run.objects.none()
    )
    given: dict[str, Any] = {
        "list": found,
        "threads": Thread.objects.filter(mailing_list=found).count(),
        "asked": [
            (one, queries.file_of(one, at=request.at))
            for one in asked.order_by("-asked_at")[:MADE_BEFORE]
        ],
    }
    return render(request, "site/carrying.html", given)


@require_POST
def carried(request: Request, name: str) -> HttpResponse:
    """Ask for an archive as pages."""
    return redirect(
        ask_for_pages(request.user, list_named(request, name), tasks.write_pages, at=request.at)
    )


def _run(request: Request, run: UUID) -> Run:
    everyone = request.user.is_secretariat
    return get_object_or_404(queries.asked_by(request.user.pk, everyone=everyone), pk=run)


@require_safe
def run(request: Request, run: UUID) -> HttpResponse:
    """Show how far something is, and the file once it is there."""
    found = _run(request, run)
    progress = queries.progress(found.pk, steady=clock.steady())
    file = queries.file_of(found, at=request.at)
    given = {"run": found, "progress": progress, "size": file.stat().st_size if file else None}
    return render(request, "site/run.html", given)


@require_safe
def file(request: Request, run: UUID) -> FileResponse:
    """Hand out what was made."""
    found = _run(request, run)
    if (place := queries.file_of(found, at=request.at)) is None:
        raise Http404
    answer = FileResponse(place.open("rb"), as_attachment=True, filename=found.file)
    answer["Cache-Control"] = "private, no-store"
    return answer
