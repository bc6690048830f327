"""How a subscriber wants the mail of a thread: follow, mute, neither."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intersession.kit.answers import Refused
from intersession.kit.pages import done
from intersession.lists import actions
from intersession.lists.http import message_named
from intersession.people.http import Request


def _take(
    request: Request, name: str, permalink: str, act: Callable[..., None], words: str
) -> HttpResponse:
    thread = message_named(request, name, permalink).thread
    try:
        act(request.user, thread, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(thread)
    return done(request, words, thread.get_absolute_url())


@require_POST
def following(request: Request, name: str, permalink: str) -> HttpResponse:
    """Follow the thread."""
    words = _("You follow this thread: its mail comes to you in any case.")
    return _take(request, name, permalink, actions.follow, words)


@require_POST
def muting(request: Request, name: str, permalink: str) -> HttpResponse:
    """Mute the thread."""
    return _take(request, name, permalink, actions.mute, _("No mail of this thread will come."))


@require_POST
def unwatching(request: Request, name: str, permalink: str) -> HttpResponse:
    """Take following or muting back."""
    words = _("Mail of this thread comes as your subscription says.")
    return _take(request, name, permalink, actions.unwatch, words)
