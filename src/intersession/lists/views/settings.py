"""How a list is set up, stopped in an emergency, closed, and how a new one is opened."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intersession.coalitions.queries import visible_to
from intersession.kit.answers import ensure
from intersession.kit.edits import Meanwhile, written
from intersession.kit.pages import done, refusals_as_message, refusals_to
from intersession.lists import actions, forms, permissions
from intersession.lists.http import list_named
from intersession.lists.models import MailingList
from intersession.lists.queries import domain_for
from intersession.lists.rules.settings import Settings
from intersession.lists.states import Posting
from intersession.lists.views import handled
from intersession.people.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, name: str) -> HttpResponse:
    """Change the settings of a list; what somebody else saved meanwhile is shown beside ours."""
    mailing_list = list_named(request, name)
    ensure(permissions.may_look_after(request.user, mailing_list, at=request.at))
    form = forms.SettingsForm(request.POST or None, initial=_values(mailing_list))
    given: dict[str, Any] = {"list": mailing_list, "form": form, "stop": forms.StopForm()}
    if form.is_valid():
        with refusals_to(form):
            try:
                actions.change_settings(
                    request.user, mailing_list, Settings(**form.typed()), at=request.at,
                    base=form.base,
                )  # fmt: skip
            except Meanwhile as late:
                given |= _met(mailing_list, form, late)
            else:
                return done(request, _("The settings are saved."), request.path)
    return render(request, "lists/settings.html", given)


def _values(mailing_list: MailingList) -> dict[str, Any]:
    now = actions.settings_of(mailing_list)
    flags = {name: value == "True" for name, value in now.items() if value in ("True", "False")}
    return {**now, **flags, "seen": written(now)}


def _met(mailing_list: MailingList, form: forms.SettingsForm, late: Meanwhile) -> dict[str, Any]:
    mailing_list.refresh_from_db()
    now = actions.settings_of(mailing_list)
    again = forms.SettingsForm(initial=form.over(now, _values(mailing_list)))
    return {"late": late, "met": form.met(now), "form": again}


@require_POST
def stop(request: Request, name: str) -> HttpResponse:
    """Stop a list: every post is held."""
    mailing_list = list_named(request, name)
    ensure(permissions.may_moderate(request.user, mailing_list, at=request.at))
    form = forms.StopForm(request.POST)
    if not form.is_valid():
        return handled.answered(request, mailing_list, form)
    with refusals_as_message(request):
        reason = form.cleaned_data["words"]
        actions.stop_list(request.user, mailing_list, at=request.at, reason=reason)
        messages.success(request, _("The list is stopped: every post is held."))
    return redirect("lists:handled", name)


def _do(request: Request, name: str, verb: Callable[..., None], words: str) -> HttpResponse:
    mailing_list = list_named(request, name)
    with refusals_as_message(request):
        verb(request.user, mailing_list, at=request.at)
        messages.success(request, words)
    return redirect("lists:handled", name)


@require_POST
def release(request: Request, name: str) -> HttpResponse:
    """Let a stopped list go on."""
    words = _("The list goes on. What was held meanwhile waits in the queue.")
    return _do(request, name, actions.release_list, words)


@require_POST
def closing(request: Request, name: str) -> HttpResponse:
    """Close a list."""
    words = _("The list is closed. Its archive stays open.")
    return _do(request, name, actions.close_list, words)


@require_POST
def reopening(request: Request, name: str) -> HttpResponse:
    """Open a closed list again."""
    return _do(request, name, actions.reopen_list, _("The list takes mail again."))


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: Request, slug: str) -> HttpResponse:
    """Open a list of the coalition: for a working group, for announcements."""
    coalition = get_object_or_404(visible_to(request.user), slug=slug)
    request.scope = coalition
    ensure(permissions.may_open_list(request.user, coalition, at=request.at))
    form = forms.OpeningForm(request.POST or None)
    domain = domain_for(coalition)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_to(form):
            opened = actions.open_list(
                request.user, coalition, at=request.at, name=said["name"],
                address=f"{said['name']}@{domain}", title=said["title"], purpose=said["purpose"],
                posting=Posting(said["posting"]),
            )  # fmt: skip
        if form.is_valid():
            return done(request, _("The list is open."), opened.get_absolute_url())
    return render(request, "lists/opening.html", {"form": form, "domain": domain})
