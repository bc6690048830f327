"""A call for other programs: its end for a calendar, its frozen record for anybody to check."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from intersession.decisions import formats, queries
from intersession.decisions.states import CallState
from intersession.people.http import PublicRequest, visitor


@login_not_required
@require_safe
def calendar(request: PublicRequest, slug: str) -> HttpResponse:
    """Give the closing moment for a calendar."""
    call = get_object_or_404(queries.visible_to(visitor(request)), slug=slug)
    written = formats.calendar(call, site=settings.SITE_URL, stamp=request.at)
    return HttpResponse(
        written,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{call.slug}.ics"'},
    )


@login_not_required
@require_safe
def record(request: PublicRequest, slug: str) -> HttpResponse:
    """Give the frozen record with its leaves and root; there is none before a determination."""
    calls = queries.visible_to(visitor(request)).select_related("determination")
    call = get_object_or_404(calls, slug=slug)
    if call.state != CallState.DETERMINED:
        raise Http404
    return JsonResponse(queries.export(call), json_dumps_params={"ensure_ascii": False})
