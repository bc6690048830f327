"""Catching up with a list, and choosing the day to start from."""

from datetime import UTC, date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intersession.lists.http import list_named
from intersession.lists.queries import catching
from intersession.lists.views import fresh, writing
from intersession.people.http import PublicRequest


@login_not_required
@require_safe
def choose(request: PublicRequest, name: str) -> HttpResponse:
    """Lead to the page of the day that somebody chose; a day that is none leads back in words."""
    mailing_list = list_named(request, name)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        messages.error(request, _("That is no day. A day is written as in 2026-05-03."))
        return redirect(mailing_list)
    return redirect("lists:since", mailing_list.name, day.isoformat())


def _day(written: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(written), datetime.min.time(), UTC)
    except ValueError:
        raise Http404 from None


@login_not_required
@require_safe
def show(request: PublicRequest, name: str, day: str) -> HttpResponse:
    """Show the threads with messages since a day (in UTC), with the first new one of each."""
    moment = _day(day)
    mailing_list = list_named(request, name)
    after = request.GET.get("after", "")
    marks = (mailing_list.pk, mailing_list.last_number, mailing_list.edition, day, after)
    tag = fresh.tag_of(request, *marks)
    if answer := fresh.unchanged(request, tag):
        return answer
    part = catching.since(mailing_list, moment, after)
    count = catching.count_since(mailing_list, moment)
    shown = {
        "list": mailing_list,
        "day": moment,
        "part": part,
        "count": min(count, catching.MOST),
        "is_over": count > catching.MOST,
        "rows": writing.fresh_rows(mailing_list, part.items),
        "is_later": bool(after),
    }
    return fresh.tagged(render(request, "lists/since.html", shown), tag)
