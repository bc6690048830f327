"""The queue of a list: what waits for its moderators, and what they decide."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intersession.kit.answers import ensure
from intersession.kit.pages import refusals_as_message, refusals_to
from intersession.lists import actions, forms, permissions
from intersession.lists.http import list_named
from intersession.lists.models import Held, MailingList
from intersession.lists.queries import held as queries
from intersession.lists.queries import knowledge
from intersession.lists.states import HeldState
from intersession.lists.views import writing
from intersession.lists.views.messages import closed
from intersession.people.http import Request


def _list(request: Request, name: str) -> MailingList:
    mailing_list = list_named(request, name)
    ensure(permissions.may_moderate(request.user, mailing_list, at=request.at))
    return mailing_list


def _held(request: Request, name: str, number: int) -> Held:
    mailing_list = _list(request, name)
    posts = Held.objects.exclude(state=HeldState.WAITING)
    found = get_object_or_404(
        posts.select_related("claimed_by", "decided_by", "message__mailing_list"),
        pk=number, mailing_list=mailing_list,
    )  # fmt: skip
    found.mailing_list = mailing_list
    return found


def _shown(request: Request, said: queries.Said) -> dict[str, Any]:
    """Return what the pages show of a post."""
    is_mine = said.held.claimed_by_id == request.user.pk and said.in_hand_until is not None
    return {
        "held": said.held,
        "said": said,
        "html": _html(said.html),
        "is_mine": is_mine,
        "is_taken": said.in_hand_until is not None and not is_mine,
    }


def _html(fragment: str) -> SafeString:
    return mark_safe(writing.in_words(fragment))  # noqa: S308 (made safe by rules.rendering)


@require_safe
def show(request: Request, name: str) -> HttpResponse:
    """Show the posts that wait, oldest first, with what can be done about each."""
    mailing_list = _list(request, name)
    after = request.GET.get("after", "")
    part = queries.queue(mailing_list, after, at=request.at)
    shown = {
        "list": mailing_list,
        "count": queries.waiting_on(mailing_list).count(),
        "posts": [_shown(request, said) for said in part.items],
        "more": part.later,
        "is_later": bool(after),
        "form": forms.RejectionForm(),
    }
    return render(request, "lists/queue.html", shown)


@require_safe
def post(request: Request, name: str, number: int) -> HttpResponse:
    """Show one post, waiting or decided."""
    return _page(request, _held(request, name, number), forms.RejectionForm())


def _page(request: Request, held: Held, form: forms.RejectionForm) -> HttpResponse:
    said = queries.said(held, at=request.at, room=queries.WHOLE)
    shown = {"list": held.mailing_list, "form": form, "is_open": form.is_bound}
    return render(request, "lists/held.html", shown | _shown(request, said))


def _do(
    request: Request, name: str, number: int, verb: Callable[..., Any], words: str
) -> HttpResponse:
    held = _held(request, name, number)
    with refusals_as_message(request):
        verb(request.user, held, at=request.at)
        messages.success(request, words)
    return redirect("lists:queue", name)


@require_POST
def approval(request: Request, name: str, number: int) -> HttpResponse:
    """Let a post out."""
    return _do(request, name, number, actions.approve, _("The post went out."))


@require_POST
def trust(request: Request, name: str, number: int) -> HttpResponse:
    """Let a post out, and its author's next ones."""
    words = _("The post went out, and its author’s next ones go out at once.")
    return _do(request, name, number, actions.approve_and_trust, words)


@require_POST
def disposal(request: Request, name: str, number: int) -> HttpResponse:
    """Throw a post away."""
    words = _("The post is discarded. No letter goes out.")
    return _do(request, name, number, actions.discard, words)


@require_POST
def rejection(request: Request, name: str, number: int) -> HttpResponse:
    """Reject a post with the reason; without one its page asks for it."""
    held = _held(request, name, number)
    form = forms.RejectionForm(request.POST)
    if form.is_valid():
        with refusals_to(form):
            reason = form.reason(knowledge.language_of(held))
            actions.reject(request.user, held, at=request.at, reason=reason)
    if not form.is_valid():
        return _page(request, held, form)
    messages.success(request, _("The post is rejected, with your reason."))
    return redirect("lists:queue", name)


@require_POST
def claim(request: Request, name: str, number: int) -> HttpResponse:
    """Take a post in hand, so that nobody else works on it."""
    words = _("You have the post in hand for an hour.")
    _do(request, name, number, actions.claim_held, words)
    return redirect("lists:held", name, number)


@require_POST
def unclaiming(request: Request, name: str, number: int) -> HttpResponse:
    """Give a post back to the others."""
    words = _("The post is anybody’s again.")
    return _do(request, name, number, actions.unclaim_held, words)


@require_safe
def raw(request: Request, name: str, number: int) -> HttpResponse:
    """Hand out a post byte by byte, its files included, to be looked at with care."""
    held = _held(request, name, number)
    with suppress(zlib.error):
        answer = HttpResponse(zlib.decompress(held.raw), content_type="message/rfc822")
        answer.headers["Content-Disposition"] = f'attachment; filename="held-{held.pk}.eml"'
        answer.headers["Cache-Control"] = "private, no-store"
        return closed(answer)
    raise Http404
