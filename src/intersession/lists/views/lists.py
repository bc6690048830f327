"""The lists, one list with its newest threads, its months, and what one author wrote."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intersession.kit.words import partial_day
from intersession.lists.http import list_named
from intersession.lists.models import Author, ErasureRequest, MailingList
from intersession.lists.permissions import may_redact
from intersession.lists.queries import pages
from intersession.lists.queries.handled import this_month
from intersession.lists.queries.redactions import waiting_in
from intersession.lists.views import fresh, writing
from intersession.people.http import PublicRequest, visitor


@login_not_required
@require_safe
def index(request: PublicRequest) -> HttpResponse:
    """Show every list."""
    traffic = pages.traffic_of_lists(at=request.at)
    lists = [(one, traffic.get(one.pk)) for one in pages.all_lists()]
    return render(request, "lists/index.html", {"lists": lists})


@login_not_required
@require_safe
def show(request: PublicRequest, name: str) -> HttpResponse:
    """Show a list: the threads that were answered last, and its months."""
    mailing_list = list_named(request, name)
    after = request.GET.get("after", "")
    handled = this_month(mailing_list, at=request.at)
    marks = (mailing_list.pk, mailing_list.last_number, mailing_list.edition, after)
    tag = fresh.tag_of(request, *marks, handled.first_day, handled.counts())
    if answer := fresh.unchanged(request, tag):
        return answer
    part = pages.latest_threads(mailing_list, after)
    shown = {
        "list": mailing_list,
        "part": part,
        "rows": writing.rows(mailing_list, part.items),
        "years": writing.years(mailing_list, pages.months_of(mailing_list)),
        "is_later": bool(after),
        "handled": handled,
        "requests": _requests(request, mailing_list),
    }
    return fresh.tagged(render(request, "lists/list.html", shown), tag)


def _requests(request: PublicRequest, mailing_list: MailingList) -> Sequence[ErasureRequest]:
    """List who asks for a removal, to those who look after the list."""
    reader = visitor(request)
    if reader is None or not may_redact(reader, mailing_list, at=request.at):
        return ()
    return list(waiting_in(mailing_list)[:50])


def _span(year: int, month: int) -> tuple[date, date]:
    """Return the first day of a month and of the next one; raise Http404 where there is none."""
    try:
        first = date(year, month, 1)
        return first, date(year + month // 12, month % 12 + 1, 1)
    except (ValueError, OverflowError):
        raise Http404 from None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@login_not_required
@require_safe
def month(request: PublicRequest, name: str, year: int, month: int) -> HttpResponse:
    """Show the threads of a list that began in a month."""
    first, end = _span(year, month)
    mailing_list = list_named(request, name)
    after = request.GET.get("after", "")
    marks = (mailing_list.pk, mailing_list.last_number, mailing_list.edition, first, after)
    tag = fresh.tag_of(request, *marks)
    if answer := fresh.unchanged(request, tag):
        return answer
    part = pages.begun_between(mailing_list, _midnight(first), _midnight(end), after)
    months = pages.months_of(mailing_list)
    shown = {
        "list": mailing_list,
        "part": part,
        "month": partial_day(f"{first:%Y-%m}"),
        "count": dict(months).get(first, 0),
        "rows": writing.rows(mailing_list, part.items, by_start=True),
        "earlier": max((day for day, _ in months if day < first), default=None),
        "later": min((day for day, _ in months if day > first), default=None),
        "is_later": bool(after),
    }
    return fresh.tagged(render(request, "lists/month.html", shown), tag)


@login_not_required
@require_safe
def author(request: PublicRequest, name: str, number: int) -> HttpResponse:
    """Show what one author wrote to a list, newest first."""
    mailing_list = list_named(request, name)
    found = get_object_or_404(Author, pk=number)
    after = request.GET.get("after", "")
    part = pages.written_by(mailing_list, found, after)
    if not part.items and not after:
        raise Http404
    shown = {
        "list": mailing_list,
        "author": found,
        "part": part,
        "rows": writing.lines(mailing_list, part.items),
        "is_later": bool(after),
    }
    return render(request, "lists/author.html", shown)
