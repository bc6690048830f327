"""The verbs of an objection: its answer, its disposition, and what its author says."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intersession.decisions import actions, forms
from intersession.decisions.models import Objection
from intersession.decisions.states import Disposition, Stance
from intersession.decisions.views.page import take, the_call
from intersession.people.http import Request


def _take(
    request: Request,
    slug: str,
    number: int,
    name: str,
    kind: type[Form],
    act: Callable[[Objection, Form], object],
    words: str,
) -> HttpResponse:
    call = the_call(request, slug)
    found = Objection.objects.select_related("person", "position", "round")
    objection = get_object_or_404(found, call=call, number=number)
    objection.call = call
    form = kind(request.POST, auto_id=f"o{number}-{name}-%s")
    return take(
        request, call, f"o{number}-{name}", form, lambda: act(objection, form), words,
        to=objection.get_absolute_url(),
    )  # fmt: skip


@require_POST
def answer(request: Request, slug: str, number: int) -> HttpResponse:
    """Answer an objection."""

    def act(objection: Objection, form: Form) -> None:
        words = form.cleaned_data["words"]
        actions.answer_objection(request.user, objection, at=request.at, words=words)

    words = _("The answer is recorded, and the objector is told.")
    return _take(request, slug, number, "answer", forms.AnswerForm, act, words)


@require_POST
def understanding(request: Request, slug: str, number: int) -> HttpResponse:
    """Say whether the answer had understood."""

    def act(objection: Objection, form: Form) -> None:
        said = form.cleaned_data
        actions.say_understood(
            request.user, objection, at=request.at, understood=said["understood"] == "yes",
            words=said["words"],
        )  # fmt: skip

    words = _("What you said stands beside the answer.")
    return _take(request, slug, number, "understanding", forms.UnderstandingForm, act, words)


@require_POST
def disposition(request: Request, slug: str, number: int) -> HttpResponse:
    """Dispose of an objection."""

    def act(objection: Objection, form: Form) -> None:
        said = form.cleaned_data
        actions.dispose(
            request.user, objection, at=request.at,
            disposition=Disposition(said["disposition"]), reason=said["reason"],
        )  # fmt: skip

    words = _("The disposition is recorded, and the objector is told.")
    return _take(request, slug, number, "disposition", forms.DispositionForm, act, words)


@require_POST
def standing(request: Request, slug: str, number: int) -> HttpResponse:
    """Say that one's objection still stands on the changed text."""

    def act(objection: Objection, form: Form) -> None:
        words = form.cleaned_data["words"]
        actions.confirm_stands(request.user, objection, at=request.at, words=words)

    words = _("Your objection stands and waits for an answer.")
    return _take(request, slug, number, "stands", forms.StandsForm, act, words)


@require_POST
def withdrawal(request: Request, slug: str, number: int) -> HttpResponse:
    """Withdraw one's own objection."""

    def act(objection: Objection, form: Form) -> None:
        said = form.cleaned_data
        actions.withdraw_objection(
            request.user, objection, at=request.at, stance=Stance(said["stance"]),
            reason=said["reason"],
        )  # fmt: skip

    words = _("Your objection is withdrawn.")
    return _take(request, slug, number, "back", forms.BackForm, act, words)
