"""Minority statements: writing one, its own page, signatures, the answer to an invitation."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intersession.decisions import actions, forms, permissions, queries
from intersession.decisions.models import Call, Invitation, Signature, Statement
from intersession.decisions.rules import Passage
from intersession.decisions.states import Capacity, Role, StatementState
from intersession.decisions.views.page import Asked, the_call
from intersession.kit.pages import attempt, done, refusals_as_message
from intersession.people.http import PublicRequest, Request, visitor
from intersession.people.models import Person


def _initial(person: Person, call: Call, parts: Sequence[Passage]) -> dict[str, Any]:
    draft = queries.own_draft(person, call)
    if draft is None:
        return {"language": person.language or "en", "capacity": Capacity.PERSONAL}
    signed = Signature.objects.get(statement=draft, person=person)
    return {
        "text": draft.text,
        "language": draft.language,
        "places": forms.Places.typed(draft.passages, parts),
        "capacity": signed.capacity,
        "organization": signed.organization,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, slug: str) -> HttpResponse:
    """Show the form for a minority statement; keep it as a draft, or file it."""
    call = the_call(request, slug)
    parts = queries.current_round(call).parts()
    initial = _initial(request.user, call, parts)
    form = forms.StatementForm(request.POST or None, parts=parts, initial=initial, auto_id="s-%s")
    status = attempt(form, lambda: _keep(request, call, form)) if request.method == "POST" else 200
    if status == 302 and "draft" in request.POST:
        return done(request, _("The draft is kept; only you see it."), request.path)
    if status == 302:
        filed = call.statements.filter(number__isnull=False).order_by("-number")[:1].get()
        return done(request, _("The statement is filed."), filed.get_absolute_url())
    given = {
        "call": call,
        "form": form,
        "may": permissions.may_file_statement(request.user, call),
        "invitation": queries.invitation_of(request.user, call),
        "rule": call.rule(),
    }
    return render(request, "decisions/statements.html", given, status=status)


def _keep(request: Request, call: Call, form: Form) -> None:
    said = form.cleaned_data
    verb = actions.draft_statement if "draft" in request.POST else actions.file_statement
    verb(
        request.user, call, at=request.at, text=said["text"], language=said["language"],
        passages=said.get("places", ()), capacity=Capacity(said["capacity"]),
        organization=said["organization"],
    )  # fmt: skip


def _statement(request: Asked, slug: str, number: int) -> Statement:
    call = the_call(request, slug)
    found = queries.visible_statements(call, visitor(request))
    return get_object_or_404(found, number=number)


@login_not_required
@require_safe
def show(request: PublicRequest, slug: str, number: int) -> HttpResponse:
    """Show one minority statement at its permanent address."""
    return _page(request, _statement(request, slug, number))


def _page(
    request: Asked,
    statement: Statement,
    *,
    status: int = 200,
    ask: Form | None = None,
    sign: Form | None = None,
) -> HttpResponse:
    person = visitor(request)
    signatures = list(statement.signatures.all())
    mine = [one for one in signatures if person is not None and one.person_id == person.pk]
    is_author = queries.is_author(person, statement)
    stands = statement.state == StatementState.FILED
    waiting = bool(mine) and mine[0].confirmed_at is None and stands
    given = {
        "call": statement.call,
        "row": statement,
        "statement": queries.view(statement),
        "stands": stands,
        "is_author": is_author,
        "asked": [one for one in signatures if one.confirmed_at is None] if is_author else [],
        "ask": (ask or _ask_form(statement)) if is_author and stands else None,
        "sign": sign or (forms.SignForm(auto_id="sg-%s") if waiting else None),
    }
    return render(request, "decisions/statement.html", given, status=status)


def _ask_form(statement: Statement, posted: Any = None) -> forms.AskForm:
    return forms.AskForm(posted, people=queries.can_be_asked(statement), auto_id="a-%s")


@require_POST
def signatures(request: Request, slug: str, number: int) -> HttpResponse:
    """Ask somebody to sign."""
    statement = _statement(request, slug, number)
    form = _ask_form(statement, request.POST)

    def act() -> None:
        asked = Person.objects.get(pk=form.cleaned_data["person"])
        role = Role(form.cleaned_data["role"])
        actions.cosign(request.user, statement, asked, at=request.at, role=role)

    status = attempt(form, act)
    if status == 302:
        words = _("The person is asked; the name appears once they confirm.")
        return done(request, words, statement.get_absolute_url())
    return _page(request, statement, status=status, ask=form)


@require_POST
def confirmation(request: Request, slug: str, number: int) -> HttpResponse:
    """Confirm one's own signature."""
    statement = _statement(request, slug, number)
    signature = get_object_or_404(Signature, statement=statement, person=request.user)
    signature.statement = statement
    form = forms.SignForm(request.POST, auto_id="sg-%s")

    def act() -> None:
        said = form.cleaned_data
        actions.confirm_cosign(
            request.user, signature, at=request.at, capacity=Capacity(said["capacity"]),
            organization=said["organization"],
        )  # fmt: skip

    status = attempt(form, act)
    if status == 302:
        return done(request, _("Your name stands under it now."), statement.get_absolute_url())
    return _page(request, statement, status=status, sign=form)


@require_POST
def withdrawal(request: Request, slug: str, number: int) -> HttpResponse:
    """Withdraw a statement."""
    statement = _statement(request, slug, number)
    with refusals_as_message(request):
        actions.withdraw_statement(request.user, statement, at=request.at)
        messages.success(request, _("The statement is withdrawn; its address says so."))
    return redirect(statement.get_absolute_url())


@require_POST
def refusal(request: Request, slug: str) -> HttpResponse:
    """Answer an invitation to write a statement with no."""
    call = the_call(request, slug)
    invitation = get_object_or_404(Invitation, call=call, person=request.user)
    invitation.call = call
    with refusals_as_message(request):
        actions.decline_invitation(request.user, invitation, at=request.at)
        messages.success(request, _("Your answer is recorded."))
    return redirect(call.get_absolute_url())
