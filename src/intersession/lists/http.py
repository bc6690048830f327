"""Loading what a page is about, so that its frame is the coalition's."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from intersession.kit.pages import refusals_as_message
from intersession.kit.proxies import client_address
from intersession.lists.models import MailingList, Message
from intersession.lists.queries import talks, visible_to
from intersession.lists.rules.identity import is_permalink
from intersession.lists.rules.limits import network
from intersession.lists.rules.veiling import veiled
from intersession.people.http import PublicRequest, Request, visitor


def list_named(request: PublicRequest | Request, name: str) -> MailingList:
    """Load a list with its coalition, whose frame the page then has."""
    found = get_object_or_404(visible_to(visitor(request)).select_related("coalition"), name=name)
    request.scope = found.coalition
    return found


def message_named(request: PublicRequest | Request, name: str, permalink: str) -> Message:
    """Load a message with its thread, list and coalition, whose frame the page then has."""
    found = talks.at_permalink(name, permalink) if is_permalink(permalink) else None
    if found is None:
        raise Http404
    request.scope = found.mailing_list.coalition
    return found


def act_on_thread(
    request: Request, name: str, permalink: str, act: Callable[..., None], words: str
) -> HttpResponse:
    """Do something with the thread of a message, and lead back to it; a refusal is a message."""
    thread = message_named(request, name, permalink).thread
    with refusals_as_message(request):
        act(request.user, thread, at=request.at)
        messages.success(request, words)
    return redirect(thread)


def veil_for(request: PublicRequest, mailing_list: MailingList) -> Callable[[bytes], bytes]:
    """Return what mail goes through on its way out: nothing for people, a veil for visitors."""
    if visitor(request) is not None:
        return bytes
    secret = settings.SECRET_KEY.encode()
    return lambda raw: veiled(raw, secret, but=mailing_list.address)


def network_of(request: PublicRequest) -> str:
    """Name the network somebody asks from, for the limits (`rules.limits`)."""
    forwarded = request.headers.get("x-forwarded-for", "")
    connected = request.META.get("REMOTE_ADDR") or ""
    return network(client_address(connected, forwarded, settings.TRUSTED_PROXIES))
