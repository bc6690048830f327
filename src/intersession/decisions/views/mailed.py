"""Links in letters about positions by mail, and the mail that is the evidence of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intersession.decisions import actions, forms, queries, rules
from intersession.decisions.models import Position, Proposal
from intersession.decisions.queries import mailed
from intersession.decisions.states import CallState, ProposalState
from intersession.kit.pages import attempt, done
from intersession.lists.queries.answers import archived_as
from intersession.lists.rules.anew import written_anew
from intersession.people.http import PublicRequest


def _the_position(request: PublicRequest, token: str) -> Position:
    said = mailed.position_of(token)
    if said is None:
        raise Http404
    request.scope = said.call.coalition
    return said


def _the_proposal(request: PublicRequest, token: str) -> Proposal:
    made = mailed.proposal_of(token)
    if made is None:
        raise Http404
    request.scope = made.call.coalition
    return made


@login_not_required
@require_safe
def receipt(request: PublicRequest, token: str) -> HttpResponse:
    """Show a position that was taken by mail, and the button that undoes it."""
    said = _the_position(request, token)
    call = said.call
    is_open = call.state == CallState.OPEN and rules.is_open(request.at, call.closes_at)
    given = {"said": said, "call": call, "token": token, "is_open": is_open}
    return render(request, "decisions/receipt.html", given)


@login_not_required
@require_POST
def undoing(request: PublicRequest, token: str) -> HttpResponse:
    """Undo a position: whoever holds the link got the letter."""
    said = _the_position(request, token)
    actions.undo_position(said.person, said, at=request.at)
    words = _("The position is undone. What was said before stands again.")
    return done(request, words, f"{said.call.get_absolute_url()}#positions")


@login_not_required
@require_safe
def proposal(request: PublicRequest, token: str) -> HttpResponse:
    """Show what a mail proposed, ask for what it lacks, and for the click."""
    return _page(request, _the_proposal(request, token), token)


def _page(
    request: PublicRequest, made: Proposal, token: str, *, status: int = 200,
    form: forms.ProposalForm | None = None,
) -> HttpResponse:  # fmt: skip
    call, text = made.call, queries.current_round(made.call)
    said = {"reason": made.reason, "change": made.change, "round": text.number}
    is_open = call.state == CallState.OPEN and rules.is_open(request.at, call.closes_at)
    given = {
        "made": made,
        "call": call,
        "text": text,
        "token": token,
        "is_open": is_open,
        "waits": made.state == ProposalState.PROPOSED,
        "form": form or forms.ProposalForm(stance=made.stance, initial=said, auto_id="pr-%s"),
    }
    return render(request, "decisions/proposal.html", given, status=status)


@login_not_required
@require_POST
def confirmation(request: PublicRequest, token: str) -> HttpResponse:
    """Take the position that a mail proposed: whoever holds the link got the letter."""
    made = _the_proposal(request, token)
    form = forms.ProposalForm(request.POST, stance=made.stance, auto_id="pr-%s")
    taken: list[Position] = []

    def act() -> None:
        said = form.cleaned_data
        filed = actions.confirm_proposal(
            made.person, made, at=request.at, reason=said["reason"],
            change=said.get("change", ""), on_round=said["round"],
        )  # fmt: skip
        taken.append(filed)

    status = attempt(form, act)
    if status == 302:
        return _to_receipt(request, taken[0])
    return _page(request, _the_proposal(request, token), token, status=status, form=form)


def _to_receipt(request: PublicRequest, said: Position) -> HttpResponse:
    """Lead to where the position can be undone."""
    token = mailed.receipt_token(said)
    return done(
        request, _("Your position is recorded."), reverse("decisions:receipt", args=[token])
    )


@login_not_required
@require_safe
def evidence(request: PublicRequest, slug: str, number: int) -> HttpResponse:
    """Show the mail by which a position was taken: what it says anew, and what is proven of it."""
    said = mailed.mailed_position(slug, number) if number < 2**63 else None
    if said is None or said.mail is None:
        raise Http404
    request.scope = said.call.coalition
    given = {
        "said": said,
        "call": said.call,
        "mail": said.mail,
        "words": written_anew(said.mail.text),
        "message": said.mail.message or archived_as(said.mail),
    }
    return render(request, "decisions/mail.html", given)
