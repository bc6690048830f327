"""How a subscriber wants the mail of a thread: follow, mute, neither."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intersession.lists import actions
from intersession.lists.http import act_on_thread
from intersession.people.http import Request


@require_POST
def following(request: Request, name: str, permalink: str) -> HttpResponse:
    """Follow the thread."""
    words = _("You follow this thread: its mail comes to you in any case.")
    return act_on_thread(request, name, permalink, actions.follow, words)


@require_POST
def muting(request: Request, name: str, permalink: str) -> HttpResponse:
    """Mute the thread."""
    return act_on_thread(
        request, name, permalink, actions.mute, _("No mail of this thread will come.")
    )


@require_POST
def unwatching(request: Request, name: str, permalink: str) -> HttpResponse:
    """Take following or muting back."""
    words = _("Mail of this thread comes as your subscription says.")
    return act_on_thread(request, name, permalink, actions.unwatch, words)
