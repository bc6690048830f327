"""Threads arranged by who looks after the list: moved, divided, joined, closed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intersession.journal.queries import about
from intersession.kit.answers import Refused, ensure
from intersession.kit.pages import done, refusals_to
from intersession.lists import actions, forms, permissions
from intersession.lists.http import act_on_thread, message_named
from intersession.lists.models import MailingList, Thread
from intersession.lists.phrases import PHRASES
from intersession.lists.queries import thread_at
from intersession.people.http import Request


def _target(mailing_list: MailingList, permalink: str) -> Thread:
    found = thread_at(mailing_list, permalink).select_related("mailing_list__coalition").first()
    if found is None:
        raise Refused(_("There is no such thread on this list."))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: Request, name: str, permalink: str) -> HttpResponse:
    """Give a message and its answers a thread of their own, or move them to another."""
    message = message_named(request, name, permalink)
    ensure(permissions.may_arrange(request.user, message.mailing_list, at=request.at))
    form = forms.PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        with refusals_to(form):
            if to:
                actions.move(
                    request.user, message, _target(message.mailing_list, to), at=request.at
                )
            else:
                actions.split(request.user, message, at=request.at)
        if form.is_valid():
            address = f"/lists/{name}/threads/{permalink}/"
            return done(request, _("The message and its answers have their new place."), address)
    shown = {"mail": message, "list": message.mailing_list, "form": form}
    return render(request, "lists/place.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def arrangement(request: Request, name: str, permalink: str) -> HttpResponse:
    """Join a thread to another; shows what was done to it, and closes or opens it."""
    message = message_named(request, name, permalink)
    thread = message.thread
    ensure(permissions.may_arrange(request.user, message.mailing_list, at=request.at))
    form = forms.TargetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            into = _target(message.mailing_list, form.cleaned_data["to"])
            actions.merge(request.user, thread, into, at=request.at)
        if form.is_valid():
            address = f"/lists/{name}/threads/{permalink}/"
            return done(request, _("The threads are one now."), address)
    entries = about(f"lists.thread:{thread.pk}").select_related("actor")[:50]
    told = [
        (entry.at, PHRASES[entry.verb] % {"actor": entry.actor, "title": entry.title})
        for entry in entries
    ]
    shown = {"thread": thread, "list": message.mailing_list, "form": form, "history": told}
    return render(request, "lists/arrangement.html", shown)


@require_POST
def closure(request: Request, name: str, permalink: str) -> HttpResponse:
    """Close the topic."""
    words = _("The topic is closed: later posts to it wait for a moderator.")
    return act_on_thread(request, name, permalink, actions.close_thread, words)


@require_POST
def reopening(request: Request, name: str, permalink: str) -> HttpResponse:
    """Open the topic again."""
    return act_on_thread(
        request, name, permalink, actions.reopen_thread, _("The topic is open again.")
    )
