"""Answers for machines: health, robots, the site's map."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from intersession.site import sitemap as site_map


@login_not_required
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    """Say that the process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether pages can be served: the database answers (503 where it does not)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "no answer"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody read what is public but whole exports (RFC 9309), and tell of the map."""
    lines = ["User-agent: *", "Disallow: /sign-in/", "Disallow: /profile/", "Disallow: /desk/"]
    lines += [f"Disallow: /lists/*/{name}" for name in ("archive.", "archive-", "thread.mbox")]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    """Stream the index of the site's map."""
    return StreamingHttpResponse(site_map.index(), content_type="application/xml")


@login_not_required
@require_safe
def sitemap_pages(request: HttpRequest) -> StreamingHttpResponse:
    """Stream the part of the pages that are always there."""
    return StreamingHttpResponse(site_map.pages(), content_type="application/xml")


@login_not_required
@require_safe
def sitemap_part(request: HttpRequest, name: str, number: int) -> StreamingHttpResponse:
    """Stream one part; only those that the index names are there."""
    if (name, number) not in set(site_map.parts()):
        raise Http404
    return StreamingHttpResponse(site_map.part(name, number), content_type="application/xml")
