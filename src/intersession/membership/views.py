"""Joining and leaving: one button each, nobody approves."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intersession.coalitions.queries import visible_to
from intersession.kit.pages import done
from intersession.membership import actions
from intersession.membership.states import Kind
from intersession.people.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: Request, slug: str) -> HttpResponse:
    """Join, as a member or as an observer. GET, as after signing in, only leads to the page."""
    coalition = get_object_or_404(visible_to(request.user), slug=slug)
    if request.method != "POST":
        return redirect(coalition)
    kind = Kind.OBSERVER if request.POST.get("kind") == Kind.OBSERVER else Kind.MEMBER
    actions.join(request.user, coalition, at=request.at, kind=kind)
    words = _("You belong to %(coalition)s now.") % {"coalition": coalition}
    return done(request, words, coalition.get_absolute_url())


@require_POST
def departure(request: Request, slug: str) -> HttpResponse:
    """Leave; what was said stays."""
    coalition = get_object_or_404(visible_to(request.user), slug=slug)
    actions.leave(request.user, coalition, at=request.at)
    words = _("You have left %(coalition)s. What you said there stays on the record.")
    return done(request, words % {"coalition": coalition}, coalition.get_absolute_url())
