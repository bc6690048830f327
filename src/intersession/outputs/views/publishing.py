"""The way to a call, to publication, and back."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intersession.decisions.queries import dissent_considered, statements
from intersession.kit.answers import ensure
from intersession.kit.pages import attempt, done, refusals_as_message, refusals_to
from intersession.outputs import actions, permissions, queries
from intersession.outputs.forms import CallForm, DeclarationForm, ReturnForm, WithdrawForm
from intersession.outputs.models import CarriedStatement, Declaration, Output
from intersession.outputs.queries.comments import first_unanswered
from intersession.outputs.queries.dissent import attached
from intersession.outputs.states import State
from intersession.outputs.views.finding import the_output
from intersession.people.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: Request, reference: str) -> HttpResponse:
    """Call for consensus on the text as it stands."""
    output = the_output(request, reference)
    ensure(permissions.may_propose_call(request.user, output, at=request.at))
    words = _("May “%(title)s” be published as an output of the coalition?")
    asked = {"question": words % {"title": output.title}}
    waiting = first_unanswered(output)
    form = CallForm(request.POST or None, initial=asked, waiting=len(waiting))
    if form.is_valid():
        with refusals_to(form):
            opened = actions.propose_call(request.user, output, at=request.at, **form.cleaned_data)
            return done(request, _("The coalition is asked."), opened.get_absolute_url())
    checks = queries.checks_of(output, at=request.at) if output.versions.exists() else ()
    given = {
        "output": output,
        "form": form,
        "checks": checks,
        "waiting": waiting,
        "may_open": checks and all(check.is_met or check.may_waive for check in checks),
    }
    return render(request, "outputs/call.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: Request, reference: str) -> HttpResponse:
    """Show what is missing before publication; publish."""
    output = the_output(request, reference)
    ensure(permissions.may_publish(request.user, output, at=request.at))
    if request.method == "POST":
        to = request.path
        with refusals_as_message(request):
            to = actions.publish(request.user, output, at=request.at).get_absolute_url()
            messages.success(request, _("Published."))
        return redirect(to)
    return _publication_page(request, reference)


def _publication_page(
    request: Request, reference: str, form: DeclarationForm | None = None
) -> HttpResponse:
    output = the_output(request, reference)
    version = output.versions.select_related("call__determination").order_by("-number").first()
    asked = version.call if version else None
    declared = Declaration.objects.filter(version=version).select_related("by").first()
    holds = declared is not None and asked is not None and declared.attached == attached(asked)
    given = {
        "output": output,
        "version": version,
        "asked": asked,
        "is_open": output.state in (State.AGREED, State.NOT_AGREED),
        "is_agreed": output.state == State.AGREED,
        "considered": dissent_considered(asked, request.at) if asked else None,
        "statements": statements(asked) if asked else (),
        "declared": declared,
        "holds": holds,
        "form": form or DeclarationForm(),
        "back": ReturnForm(auto_id="back-%s"),
    }
    return render(request, "outputs/publication.html", given)


@require_POST
def declaration(request: Request, reference: str) -> HttpResponse:
    """Declare that dissent was considered."""
    output = the_output(request, reference)
    form = DeclarationForm(request.POST)
    if form.is_valid():
        with refusals_to(form):
            actions.declare_dissent_considered(
                request.user, output, at=request.at, **form.cleaned_data
            )
            to = request.path.replace("/declaration/", "/publication/")
            return done(request, _("Your declaration is on the record."), to)
    ensure(permissions.may_publish(request.user, output, at=request.at))
    return _publication_page(request, reference, form)


def _reasoned(
    request: Request, output: Output, form: Form, verb: Callable[..., object], heading: str
) -> HttpResponse | None:
    """Do what asks for a reason; where it is refused, show the reason again as it was typed."""

    def act() -> None:
        verb(request.user, output, at=request.at, **form.cleaned_data)

    if (status := attempt(form, act)) == 302:
        return None
    given = {"output": output, "form": form, "heading": heading, "button": heading}
    return render(request, "outputs/form.html", given, status=status)


@require_POST
def back(request: Request, reference: str) -> HttpResponse:
    """Take a determined text back into revision."""
    output = the_output(request, reference)
    ensure(permissions.may_edit(request.user, output, at=request.at))
    form, heading = ReturnForm(request.POST, auto_id="back-%s"), _("Take it back into revision")
    refused = _reasoned(request, output, form, actions.return_to_draft, heading)
    return refused or done(request, _("The text is in revision again."), output.draft_url())


@require_POST
def revision(request: Request, reference: str) -> HttpResponse:
    """Begin a new version of what is published."""
    output = the_output(request, reference)
    with refusals_as_message(request):
        actions.revise(request.user, output, at=request.at)
        words = _("Write the new version. What is published holds until it is published too.")
        messages.success(request, words)
    return redirect(output.draft_url())


@require_POST
def withdrawal(request: Request, reference: str) -> HttpResponse:
    """Withdraw a work."""
    output = the_output(request, reference)
    ensure(permissions.may_withdraw(request.user, output, at=request.at))
    form, heading = WithdrawForm(request.POST, auto_id="withdraw-%s"), _("Withdraw it, for good")
    refused = _reasoned(request, output, form, actions.withdraw, heading)
    return refused or done(
        request, _("It is withdrawn; its page says why."), output.get_absolute_url()
    )


@require_POST
def confirmation(request: Request, reference: str, number: int, statement: int) -> HttpResponse:
    """Confirm that a minority statement holds for this version too."""
    output = the_output(request, reference)
    carried = get_object_or_404(
        CarriedStatement.objects.select_related(
            "statement", "publication__output__coalition"
        ).prefetch_related("statement__signatures"),
        publication__output=output,
        publication__number=number,
        statement=statement,
    )
    with refusals_as_message(request):
        actions.confirm_statement(request.user, carried, at=request.at)
        words = _("Your statement stands on this version.")
        messages.success(request, words)
    return redirect(carried.publication.get_absolute_url())
