"""What is published: the library, and each output at its permanent address."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from intersession.outputs import queries
from intersession.outputs.forms import LibraryForm
from intersession.outputs.models import Output, Publication
from intersession.outputs.queries.known import known
from intersession.outputs.queries.library import Wanted, library, output_page
from intersession.outputs.states import State
from intersession.outputs.views.finding import the_output
from intersession.people.http import PublicRequest, visitor


@login_not_required
@require_safe
def index(request: PublicRequest) -> HttpResponse:
    """Show what the coalitions have published, newest first."""
    form = LibraryForm(request.GET)
    form.is_valid()
    typed = form.cleaned_data
    wanted = Wanted(
        typed.get("kind") or "", typed.get("theme") or "", typed.get("coalition") or "",
        typed.get("year"),
    )  # fmt: skip
    given = {
        "wanted": wanted,
        "any": Wanted(),
        "elsewhere": known().count(),
        "found": library(wanted, after=request.GET.get("after", "")),
    }
    return render(request, "outputs/index.html", given)


@login_not_required
@require_safe
def show(request: PublicRequest, reference: str) -> HttpResponse:
    """Show an output as it holds; before it is published, lead to its draft."""
    output = the_output(request, reference)
    published = queries.current_publication(output)
    if output.state == State.WITHDRAWN:
        return render(request, "outputs/withdrawn.html", {"output": output})
    if published is None:
        return redirect(output.draft_url())
    return _page(request, output, published)


@login_not_required
@require_safe
def edition(request: PublicRequest, reference: str, number: int) -> HttpResponse:
    """Show one published version, current or not."""
    output = the_output(request, reference)
    published = get_object_or_404(
        output.publications.select_related("version__call__determination", "declaration__by", "by"),
        number=number,
    )
    return _page(request, output, published)


def _page(request: PublicRequest, output: Output, published: Publication) -> HttpResponse:
    published.output = output
    page = output_page(published, visitor(request), start=request.GET.get("at", ""))
    return render(request, "outputs/show.html", {"output": output, "page": page})
