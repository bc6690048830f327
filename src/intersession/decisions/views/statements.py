"""Minority statements: writing one, and its own page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from intersession.decisions import actions, queries
from intersession.decisions.forms import StatementForm
from intersession.decisions.queries.dissent import view
from intersession.decisions.states import Capacity
from intersession.kit.pages import done, refusals_to
from intersession.people.http import PublicRequest, Request, visitor


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, slug: str) -> HttpResponse:
    """Show the form for a minority statement, and file it."""
    call = get_object_or_404(queries.visible_to(request.user), slug=slug)
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            filed = actions.file_statement(
                request.user, call, at=request.at, text=form.cleaned_data["text"],
                language=form.cleaned_data["language"],
                capacity=Capacity(form.cleaned_data["capacity"]),
                organization=form.cleaned_data["organization"],
            )  # fmt: skip
        if form.is_valid():
            return done(request, "Filed.", filed.get_absolute_url())
    return render(request, "decisions/statements.html", {"call": call, "form": form})


@login_not_required
@require_safe
def show(request: PublicRequest, slug: str, number: int) -> HttpResponse:
    """Show one minority statement at its permanent address."""
    call = get_object_or_404(queries.visible_to(visitor(request)), slug=slug)
    found = queries.visible_statements(call, visitor(request))
    statement = get_object_or_404(found, number=number)
    given = {"call": call, "statement": view(statement), "row": statement}
    return render(request, "decisions/statement.html", given)
