"""The pages of one coalition that are made of many apps: overview, people."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import once_called, representatives, visible_to
from intersession.lists.models import MailingList
from intersession.membership.queries import named, roll_in_numbers
from intersession.people.http import PublicRequest, visitor
from intersession.site.coalition_page import described, overview, seats, vacant


@login_not_required
@require_safe
def show(request: PublicRequest, slug: str) -> HttpResponse:
    """Show one coalition, or lead on from a name it had."""
    person = visitor(request)
    coalition = visible_to(person).select_related("confirmed_by").filter(slug=slug).first()
    if coalition is None:
        return _lead_on(slug)
    request.scope = coalition
    page = overview(coalition, person, at=request.at)
    return render(request, "site/coalition.html", {"page": page, "coalition": coalition})


@login_not_required
@require_safe
def people(request: PublicRequest, slug: str) -> HttpResponse:
    """Show who holds which office, and the members in numbers."""
    coalition = get_object_or_404(Coalition, slug=slug)
    request.scope = coalition
    roll = roll_in_numbers(coalition, at=request.at)
    groups, regions = described(roll)
    told: dict[str, Any] = {
        "coalition": coalition,
        "roll": roll,
        "groups": groups,
        "regions": regions,
    }
    told["seats"] = seats(coalition, at=request.at)
    told["vacant"] = vacant(coalition, told["seats"], at=request.at)
    told["after"] = request.GET.get("after", "")
    told["named"] = named(coalition, at=request.at, after=told["after"])
    told["representatives"] = representatives(at=request.at) if coalition.is_coordination else ()
    return render(request, "site/people.html", told)


@login_not_required
@require_safe
def mailing_list(request: PublicRequest, slug: str) -> HttpResponse:
    """Lead to the archive of the coalition's list, or to what is known of a list elsewhere."""
    coalition = get_object_or_404(Coalition, slug=slug)
    archives = MailingList.objects.filter(coalition=coalition)[:2]
    if len(archives) == 1:
        return redirect(archives[0])
    return redirect(f"{coalition.get_absolute_url()}#list")


def _lead_on(name: str) -> HttpResponse:
    coalition = once_called(name)
    if coalition is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("coalitions:show", args=[coalition.slug]))
