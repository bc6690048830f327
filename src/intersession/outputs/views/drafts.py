"""Texts in work: the draft with its margin, and each paragraph's own address."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intersession.outputs import permissions, queries
from intersession.outputs.forms import MoveForm, WithdrawForm
from intersession.outputs.models import Output
from intersession.outputs.queries import pages, texts
from intersession.outputs.views.finding import the_output
from intersession.people.http import PublicRequest, visitor

PIECE = 64 * 1024


@login_not_required
@require_safe
def draft(request: PublicRequest, reference: str) -> HttpResponse:
    """Show the text as it stands, in parts, with its comments in the margin."""
    output = the_output(request, reference)
    page = pages.draft_page(
        output, at=request.at, start=request.GET.get("at", ""), since=_number(request, "since")
    )
    given = {
        "page": page,
        "output": output,
        "may": _may(request, output, page),
        "move": MoveForm(auto_id="move-%s"),
        "withdraw": WithdrawForm(auto_id="withdraw-%s"),
    }
    return render(request, "outputs/draft.html", given)


def _number(request: PublicRequest, name: str) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 6 else 0


def _may(request: PublicRequest, output: Output, page: pages.DraftPage) -> pages.May:
    person = visitor(request)
    return pages.May(
        edit=permissions.may_edit(person, output, at=request.at),
        comment=permissions.may_comment(person, page.running, at=request.at)
        if page.running
        else permissions.no_period(),
        call=permissions.may_propose_call(person, output, at=request.at),
        publish=permissions.may_publish(person, output, at=request.at),
        withdraw=permissions.may_withdraw(person, output, at=request.at),
    )


@login_not_required
@require_safe
def version(request: PublicRequest, reference: str, number: int) -> HttpResponse:
    """Show a text as it was, with the way to the one that holds."""
    output = the_output(request, reference)
    shown = get_object_or_404(output.versions.select_related("by", "output"), number=number)
    given = {
        "output": output,
        "part": texts.part_of(shown, start=request.GET.get("at", ""), comments=False, each=500),
        "latest": queries.latest_version(output),
        "version": shown,
    }
    return render(request, "outputs/version.html", given)


@login_not_required
@require_safe
def whole(request: PublicRequest, reference: str, number: int) -> StreamingHttpResponse:
    """Give the whole text of a version as Markdown."""
    output = the_output(request, reference)
    shown = get_object_or_404(output.versions, number=number)
    pieces = (shown.text[n : n + PIECE] for n in range(0, len(shown.text), PIECE))
    answer = StreamingHttpResponse(
        (piece.encode() for piece in pieces), content_type="text/plain; charset=utf-8"
    )
    answer["Content-Disposition"] = f'inline; filename="{output.reference}-draft-{number}.md"'
    return answer


@login_not_required
@require_safe
def paragraph(request: PublicRequest, reference: str, key: str) -> HttpResponse:
    """Show one paragraph: as it stands, and every form it had."""
    output = the_output(request, reference)
    forms = texts.forms_of(output, key)
    if not forms:
        raise Http404
    last = queries.latest_version(output)
    given = {
        "output": output,
        "key": key,
        "forms": forms,
        "now": last.blocks.filter(key=key).first(),
        "latest": last,
        "said": queries.ledger_of(output).filter(key=key),
    }
    return render(request, "outputs/paragraph.html", given)


@login_not_required
@require_safe
def changes(request: PublicRequest, reference: str, old: int, new: int) -> HttpResponse:
    """Compare two versions, word by word."""
    output = the_output(request, reference)
    earlier = get_object_or_404(output.versions.select_related("by"), number=old)
    later = get_object_or_404(output.versions.select_related("by"), number=new)
    given = {
        "output": output,
        "old": earlier,
        "new": later,
        "changes": texts.changes_between(earlier, later),
        "versions": texts.versions_of(output),
    }
    return render(request, "outputs/changes.html", given)
