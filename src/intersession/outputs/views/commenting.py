"""Comment periods, comments and their answers."""

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intersession.coalitions.queries import procedure_of
from intersession.kit.answers import Refused, ensure
from intersession.kit.edits import Meanwhile, written
from intersession.kit.pages import attempt, done, refusals_as_message, refusals_to
from intersession.kit.paging import Part
from intersession.outputs import actions, permissions, queries
from intersession.outputs.forms import AnswerForm, CommentForm, MoveForm, RoundForm
from intersession.outputs.models import Block, Comment, Output
from intersession.outputs.queries.comments import last_day_offered, ledger_part, rows_of
from intersession.outputs.queries.edits import answered
from intersession.outputs.rules.ledger import sentence
from intersession.outputs.states import Answer, Audience
from intersession.outputs.views.finding import the_output
from intersession.people.http import PublicRequest, Request


@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: Request, reference: str) -> HttpResponse:
    """Open a comment period."""
    output = the_output(request, reference)
    ensure(permissions.may_edit(request.user, output, at=request.at))
    days = procedure_of(output.coalition).round_days
    form = RoundForm(
        request.POST or None, initial={"closes_at": last_day_offered(request.at, days)}
    )
    if form.is_valid():
        with refusals_to(form):
            typed = form.cleaned_data | {"audience": Audience(form.cleaned_data["audience"])}
            actions.open_round(request.user, output, at=request.at, **typed)
            words = _("The text is open to comments; everyone who belongs gets a letter.")
            return done(request, words, output.draft_url())
    given = {"output": output, "form": form, "heading": _("Open it to comments")}
    return render(request, "outputs/form.html", given)


@require_POST
def close(request: Request, reference: str, number: int) -> HttpResponse:
    """Move the end of a comment period."""
    output = the_output(request, reference)
    period = get_object_or_404(output.rounds.select_related("output__coalition"), number=number)
    ensure(permissions.may_edit(request.user, output, at=request.at))
    form = MoveForm(request.POST, auto_id="move-%s")

    def act() -> None:
        until = form.cleaned_data["closes_at"] or request.at
        actions.move_close(
            request.user, period, at=request.at, closes_at=until,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip

    if (status := attempt(form, act)) == 302:
        return done(request, _("The end was moved."), output.draft_url())
    heading = _("Move the end")
    given = {"output": output, "form": form, "heading": heading, "button": heading}
    return render(request, "outputs/form.html", given, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: Request, reference: str) -> HttpResponse:
    """Comment on a paragraph or on the whole. What was typed is kept where it is refused."""
    output = the_output(request, reference)
    key = request.POST.get("key", request.GET.get("key", ""))
    block = _block(output, key)
    form = CommentForm(
        request.POST or None, initial={"key": key, "wording": block.source if block else ""}
    )
    if form.is_valid():
        with refusals_to(form):
            period = output.rounds.select_related("output__coalition").last()
            if period is None:
                raise Refused(_("No comment period is open now."))
            typed = dict(form.cleaned_data)
            if block and typed["wording"].split() == block.source.split():
                typed["wording"] = ""
            said = actions.comment(request.user, period, at=request.at, **typed)
            to = f"{output.draft_url()}?at={key}#c{said.number}"
            return done(request, _("Your comment is on the record."), to)
    given = {"output": output, "form": form, "paragraph": block}
    return render(request, "outputs/comment.html", given, status=409 if form.errors else 200)


def _block(output: Output, key: str) -> Block | None:
    last = output.versions.order_by("-number").first()
    return last.blocks.filter(key=key).first() if last and key else None


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, reference: str, number: int) -> HttpResponse:
    """Answer a comment."""
    output = the_output(request, reference)
    ensure(permissions.may_edit(request.user, output, at=request.at))
    said = _comment(output, number)
    form = AnswerForm(request.POST or None, initial=_answer(said))
    given = {"output": output, "form": form, "said": said, "paragraph": _block(output, said.key)}
    if form.is_valid():
        with refusals_to(form):
            typed = form.cleaned_data
            try:
                actions.answer_comment(
                    request.user, said, at=request.at, answer=Answer(typed["answer"]),
                    reply=typed["reply"], base=form.base,
                    merged_with=output.comments.filter(number=typed["merged_with"]).first(),
                )  # fmt: skip
            except Meanwhile as late:
                now = answered(said)
                again = AnswerForm(initial=form.over(now, _answer(said)))
                given |= {"late": late, "met": form.met(now), "form": again}
            else:
                return done(request, _("The answer is on the record."), _next(output, said))
    return render(request, "outputs/answer.html", given)


def _answer(said: Comment) -> dict[str, Any]:
    now = answered(said)
    return {**now, "seen": written(now)}


def _comment(output: Output, number: int) -> Comment:
    """Return a comment of this work; 404 for a number that is not its own."""
    people = ("author", "answered_by", "merged_with")
    rows = output.comments.select_related("version", "output__coalition", *people)
    return get_object_or_404(rows, number=number)


def _next(output: Output, said: Comment) -> str:
    """Lead back to the comment in its part of the text."""
    return f"{output.draft_url()}?at={said.key}#c{said.number}"


@require_POST
def suggestion(request: Request, reference: str, number: int) -> HttpResponse:
    """Take a suggested wording over."""
    output = the_output(request, reference)
    said = _comment(output, number)
    with refusals_as_message(request):
        saved = actions.apply_suggestion(request.user, said, at=request.at)
        words = _("Taken over in draft %(n)d; %(author)s is credited.")
        words %= {"n": saved.number, "author": said.author}
        messages.success(request, words)
    return redirect(_next(output, said))


@login_not_required
@require_safe
def ledger(request: PublicRequest, reference: str) -> HttpResponse:
    """Show every comment with its answer."""
    output = the_output(request, reference)
    part: Part[Comment] = ledger_part(output, after=request.GET.get("after", ""))
    counted = sentence(queries.tally_of(output))
    return render(
        request, "outputs/ledger.html", {"output": output, "part": part, "counted": counted}
    )


class _Line:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


@login_not_required
@require_safe
def ledger_csv(request: PublicRequest, reference: str) -> StreamingHttpResponse:
    """Give the ledger as CSV (RFC 4180), row by row."""
    output = the_output(request, reference)
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        for row in rows_of(output):
            yield writer.writerow(row)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{output.reference}-comments.csv"'
    return response
