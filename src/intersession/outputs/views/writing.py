"""Starting, writing and describing a text."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intersession.coalitions.queries import visible_to as coalitions_visible_to
from intersession.kit.answers import ensure
from intersession.kit.difference import words
from intersession.kit.edits import Meanwhile, written
from intersession.kit.pages import done, refusals_as_message, refusals_to
from intersession.outputs import actions, permissions, queries
from intersession.outputs.forms import (
    AmendForm,
    CreditForm,
    DescriptionForm,
    StartForm,
    TextForm,
)
from intersession.outputs.models import Output
from intersession.outputs.queries.beginning import beginning
from intersession.outputs.queries.edits import described
from intersession.outputs.rules.merge import Merged, merge
from intersession.outputs.states import Kind, Licence, State
from intersession.outputs.views.finding import the_output
from intersession.people.http import PublicRequest, Request, visitor


@login_not_required
@require_safe
def work(request: PublicRequest, slug: str) -> HttpResponse:
    """Show what a coalition works on and what it has published."""
    coalition = get_object_or_404(coalitions_visible_to(visitor(request)), slug=slug)
    request.scope = coalition
    given = {
        "coalition": coalition,
        "works": queries.works_of(coalition, at=request.at),
        "may_start": permissions.may_start(visitor(request), coalition, at=request.at),
    }
    return render(request, "outputs/work.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, slug: str) -> HttpResponse:
    """Start a draft, from a discussion on the list or from nothing."""
    coalition = get_object_or_404(coalitions_visible_to(request.user), slug=slug)
    request.scope = coalition
    ensure(permissions.may_start(request.user, coalition, at=request.at))
    begun = beginning(coalition, request.GET.get("thread", ""))
    given = {"title": begun.title, "text": begun.text, "language": request.user.language}
    form = StartForm(request.POST or None, initial=given)
    if form.is_valid():
        with refusals_to(form):
            output = actions.start_draft(
                request.user, coalition, at=request.at, origin=begun.origin,
                **{**form.cleaned_data, "kind": Kind(form.cleaned_data["kind"])},
            )  # fmt: skip
            return done(request, _("The draft is started."), output.draft_url())
    return render(request, "outputs/start.html", {"form": form, "begun": begun})


@require_http_methods(["GET", "HEAD", "POST"])
def writing(request: Request, reference: str) -> HttpResponse:
    """Write the next version; a stale one is shown with the difference, and can be merged."""
    output = the_output(request, reference)
    ensure(permissions.may_edit(request.user, output, at=request.at))
    if output.state == State.CALL:
        return _amending(request, output)
    form = TextForm(request.POST or None, initial=_as_it_stands(output))
    given: dict[str, Any] = {"output": output, "form": form}
    if form.is_valid():
        with refusals_to(form):
            try:
                saved = actions.save_version(
                    request.user, output, at=request.at, **form.cleaned_data
                )
            except actions.Stale as stale:
                given |= _merging(output, form, stale)
            else:
                words_ = _("Saved as draft %(n)d.") % {"n": saved.number}
                return done(request, words_, output.draft_url())
    return render(request, "outputs/writing.html", given)


def _as_it_stands(output: Output) -> dict[str, Any]:
    if output.state == State.IDEA:
        return {"text": "", "base": 0}
    last = queries.latest_version(output)
    return {"text": last.text, "base": last.number}


def _merging(output: Output, form: TextForm | AmendForm, stale: actions.Stale) -> dict[str, Any]:
    """Offer the merged text on the newest version, with what was typed kept below."""
    texts = dict(
        output.versions.filter(number__in=[stale.base, stale.latest]).values_list("number", "text")
    )
    mine, theirs = form.cleaned_data["text"], texts[stale.latest]
    merged: Merged = merge(texts.get(stale.base, ""), mine, theirs)
    typed = {name: form[name].value() for name in form.fields}
    given = {**typed, "text": merged.text, "base": stale.latest}
    return {
        "form": type(form)(initial=given),
        "stale": stale,
        "merged": merged,
        "theirs": words(texts.get(stale.base, ""), theirs),
        "conflicts": [(one, words(one.theirs, one.mine)) for one in merged.conflicts],
        "mine": mine,
    }


def _amending(request: Request, output: Output) -> HttpResponse:
    """Change the text under call."""
    form = AmendForm(request.POST or None, initial=_as_it_stands(output))
    given: dict[str, Any] = {"output": output, "form": form, "amend": True}
    if form.is_valid():
        with refusals_to(form):
            try:
                changed = actions.amend(request.user, output, at=request.at, **form.cleaned_data)
            except actions.Stale as stale:
                given |= _merging(output, form, stale)
            else:
                words_ = _("The changed text is under call.")
                return done(request, words_, changed.call.get_absolute_url())
    return render(request, "outputs/writing.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
def description(request: Request, reference: str) -> HttpResponse:
    """Say what a work is, for whom, and what it asks."""
    output = the_output(request, reference)
    ensure(permissions.may_edit(request.user, output, at=request.at))
    form = DescriptionForm(request.POST or None, initial=_description(output))
    given: dict[str, Any] = {"output": output, "form": form, "heading": _("Describe it")}
    if form.is_valid():
        with refusals_to(form):
            typed = form.typed()
            typed |= {"kind": Kind(typed["kind"]), "licence": Licence(typed["licence"])}
            try:
                actions.describe(request.user, output, at=request.at, base=form.base, **typed)
            except Meanwhile as late:
                now = described(output)
                again = form.over(now, _description(output))
                given |= {
                    "late": late,
                    "met": form.met(now),
                    "form": DescriptionForm(initial=again),
                }
            else:
                return done(request, _("The description is saved."), output.draft_url())
    return render(request, "outputs/form.html", given)


def _description(output: Output) -> dict[str, Any]:
    now = described(output)
    themes = [pk for pk in now["themes"].split(", ") if pk]
    return {**now, "themes": themes, "seen": written(now)}


@require_POST
def match(request: Request, reference: str, key: str) -> HttpResponse:
    """Confirm, or deny, that a paragraph is an earlier one."""
    output = the_output(request, reference)
    latest = queries.latest_version(output)
    block = get_object_or_404(latest.blocks.select_related("version__output__coalition"), key=key)
    with refusals_as_message(request):
        is_same = request.POST.get("is_same") == "yes"
        actions.confirm_match(request.user, block, at=request.at, is_same=is_same)
        messages.success(request, _("Noted."))
    return redirect(output.draft_url())


@require_http_methods(["GET", "HEAD", "POST"])
def credit(request: Request, reference: str) -> HttpResponse:
    """Say how one wishes to be named."""
    output = the_output(request, reference)
    mine = get_object_or_404(
        output.contributors.select_related("output__coalition"), person=request.user
    )
    initial = {"is_named": mine.is_named, "affiliation": mine.affiliation}
    form = CreditForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.take_credit(request.user, mine, at=request.at, **form.cleaned_data)
        return done(request, _("Noted."), output.draft_url() + "#people")
    given = {"output": output, "form": form, "heading": _("How you are named")}
    return render(request, "outputs/form.html", given)
