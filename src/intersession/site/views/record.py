"""The record: of the whole platform, of one coalition, entry by entry, and as files to check."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intersession.coalitions.models import Coalition
from intersession.journal import formats, queries, verify
from intersession.journal.models import Entry
from intersession.people.http import PublicRequest
from intersession.people.rules import tidy
from intersession.site.reading import actor, facts, reading, words

LATEST = 30


@login_not_required
@require_safe
def whole(request: PublicRequest) -> HttpResponse:
    """Show the record of the whole platform, newest first, and how to check it."""
    told = _part(request, queries.public())
    told["point"] = queries.checkpoints().first()
    return render(request, "site/record.html", told)


@login_not_required
@require_safe
def timeline(request: PublicRequest, slug: str) -> HttpResponse:
    """Show the record of one coalition."""
    coalition = get_object_or_404(Coalition, slug=slug)
    request.scope = coalition
    told = _part(request, queries.of(slug))
    return render(request, "site/timeline.html", {**told, "coalition": coalition})


@login_not_required
@require_safe
def entry(request: PublicRequest, number: int) -> HttpResponse:
    """Show one entry whole, with its hashes; of a private one the hashes alone."""
    found = get_object_or_404(Entry.objects.select_related("actor"), number=number)
    told: dict[str, Any] = {"entry": found, "line": formats.line(found).strip()}
    told["is_last"] = found.number == queries.count()
    if found.is_public:
        told |= {"reading": reading(found), "facts": facts(found)}
    return render(request, "site/entry.html", told)


@login_not_required
@require_safe
def feed(request: PublicRequest) -> HttpResponse:
    """Give the newest entries of the whole record as Atom."""
    return _feed(request, queries.public(), _("The record"), reverse("journal:whole"))


@login_not_required
@require_safe
def timeline_feed(request: PublicRequest, slug: str) -> HttpResponse:
    """Give the newest entries of one coalition's record as Atom."""
    coalition = get_object_or_404(Coalition, slug=slug)
    title = _("Record of %(coalition)s") % {"coalition": coalition}
    return _feed(request, queries.of(slug), title, reverse("journal:timeline", args=[slug]))


@login_not_required
@require_safe
def export(request: PublicRequest) -> StreamingHttpResponse:
    """Give the whole record as JSON Lines, private entries as bare hashes, for the verifier."""
    return _file("record.jsonl", queries.export())


@login_not_required
@require_safe
def checkpoints(request: PublicRequest) -> StreamingHttpResponse:
    """Give every checkpoint as JSON Lines, oldest first."""
    points = queries.checkpoints().reverse().iterator(chunk_size=2000)
    return _file("checkpoints.jsonl", (formats.checkpoint_line(point) for point in points))


@login_not_required
@require_safe
def verifier(request: PublicRequest) -> HttpResponse:
    """Give the one file that checks the record without us."""
    answer = HttpResponse(Path(verify.__file__).read_bytes(), content_type="text/x-python")
    answer["Content-Disposition"] = 'attachment; filename="verify.py"'
    return answer


def _part(request: PublicRequest, entries: QuerySet[Entry]) -> dict[str, Any]:
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    part = queries.part(entries, before=before, after=after)
    return {"part": part, "readings": [reading(each) for each in part.items]}


def _feed(request: PublicRequest, entries: QuerySet[Entry], title: str, page: str) -> HttpResponse:
    """Write the newest entries as an Atom feed (RFC 4287), whose ids no proxy or host changes."""
    site = settings.SITE_URL
    atom = Atom1Feed(
        title=title, link=site + page, description="", feed_url=site + request.path,
        language=request.LANGUAGE_CODE,
    )  # fmt: skip
    for each in entries[:LATEST]:
        link = site + reverse("journal:entry", args=[each.number])
        atom.add_item(
            title=tidy(words(each)), link=link, description=each.hash, unique_id=link,
            author_name=tidy(actor(each)), pubdate=each.at, updateddate=each.at,
        )  # fmt: skip
    answer = HttpResponse(content_type=atom.content_type)
    atom.write(answer, "utf-8")
    return answer


def _file(name: str, lines: Iterator[str]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
