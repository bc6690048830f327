"""Addresses that an archive had elsewhere, and that lead to the same page here."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from intersession.lists.queries.old_urls import address_now
from intersession.people.http import PublicRequest


@login_not_required
@require_safe
def elsewhere(request: PublicRequest, host: str, rest: str = "") -> HttpResponsePermanentRedirect:
    """Lead on from an old address that another web server sends here, with its host before it."""
    found = address_now(host, f"/{rest}")
    if found is None:
        raise Http404
    return HttpResponsePermanentRedirect(f"{settings.SITE_URL}{found}")
