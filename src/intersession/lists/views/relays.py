"""A post that too many refuse, for those who look after the list."""

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intersession.kit.answers import ensure
from intersession.kit.pages import refusals_as_message
from intersession.lists import actions, permissions
from intersession.lists.http import list_named
from intersession.lists.models import Parcel, Relay
from intersession.lists.phrases import KINDS
from intersession.lists.queries import health, relays
from intersession.lists.rules.bouncing import Kind
from intersession.lists.states import RelayState
from intersession.people.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: Request, name: str, number: int) -> HttpResponse:
    """Show how a post came back; its buttons let it go on, or stop it."""
    mailing_list = list_named(request, name)
    ensure(permissions.may_look_after(request.user, mailing_list, at=request.at))
    relay = get_object_or_404(relays.relays_of(mailing_list), pk=number)
    if request.method == "POST":
        act, words = (
            (actions.stop_relay, _("Stopped: nobody else gets this post."))
            if request.POST.get("do") == "stop"
            else (actions.resume_relay, _("The post goes on its way."))
        )
        with refusals_as_message(request):
            act(request.user, relay, at=request.at)
            messages.success(request, words)
        return redirect(request.path)
    shown = {
        "list": mailing_list,
        "relay": relay,
        "kinds": [
            (KINDS.get(Kind(kind), kind), count) for kind, count in health.refusals_of(relay)
        ],
        "said": health.words_of(relay),
        "is_paused": relay.state == RelayState.PAUSED,
        "left": _left(relay),
    }
    return render(request, "lists/relay.html", shown)


def _left(relay: Relay) -> int:
    return Parcel.objects.filter(relay=relay, done_at=None).aggregate(n=Sum("left"))["n"] or 0
