"""The verbs of an objection: its answer, its disposition, and what its author says."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intersession.decisions import actions, forms
from intersession.decisions.models import Objection
from intersession.decisions.views.page import take, the_call
from intersession.people.http import Request


def _take(
    request: Request,
    slug: str,
    number: int,
    name: str,
    kind: type[Form],
    verb: Callable[..., object],
    words: str,
) -> HttpResponse:
    """Do with an objection what its form says; the fields are named as the verb takes them."""
    call = the_call(request, slug)
    found = Objection.objects.select_related("person", "position", "round")
    objection = get_object_or_404(found, call=call, number=number)
    objection.call = call
    form = kind(request.POST, auto_id=f"o{number}-{name}-%s")

    def act() -> None:
        verb(request.user, objection, at=request.at, **form.cleaned_data)

    to = objection.get_absolute_url()
    return take(request, call, f"o{number}-{name}", form, act, words, to=to)


@require_POST
def answer(request: Request, slug: str, number: int) -> HttpResponse:
    """Answer an objection."""
    words, verb = _("The answer is recorded, and the objector is told."), actions.answer_objection
    return _take(request, slug, number, "answer", forms.AnswerForm, verb, words)


@require_POST
def understanding(request: Request, slug: str, number: int) -> HttpResponse:
    """Say whether the answer had understood."""
    words, verb = _("What you said stands beside the answer."), actions.say_understood
    return _take(request, slug, number, "understanding", forms.UnderstandingForm, verb, words)


@require_POST
def disposition(request: Request, slug: str, number: int) -> HttpResponse:
    """Dispose of an objection."""
    words, verb = _("The disposition is recorded, and the objector is told."), actions.dispose
    return _take(request, slug, number, "disposition", forms.DispositionForm, verb, words)


@require_POST
def standing(request: Request, slug: str, number: int) -> HttpResponse:
    """Say that one's objection still stands on the changed text."""
    words, verb = _("Your objection stands and waits for an answer."), actions.confirm_stands
    return _take(request, slug, number, "stands", forms.StandsForm, verb, words)


@require_POST
def withdrawal(request: Request, slug: str, number: int) -> HttpResponse:
    """Withdraw one's own objection."""
    words, verb = _("Your objection is withdrawn."), actions.withdraw_objection
    return _take(request, slug, number, "back", forms.BackForm, verb, words)
