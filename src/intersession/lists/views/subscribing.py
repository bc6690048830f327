"""Joining a list on its page, and how its mail comes to a person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intersession.kit.pages import done, refusals_as_message, refusals_to
from intersession.lists import actions
from intersession.lists.actions.asking import ask_to_join, ensure_within
from intersession.lists.forms import JoinForm, WishesForm
from intersession.lists.http import list_named, network_of
from intersession.lists.models import MailingList, Subscription
from intersession.lists.queries import subscribers as queries
from intersession.lists.rules.addresses import beside
from intersession.lists.rules.wishes import Wishes
from intersession.lists.states import Delivery, Way
from intersession.people.http import PublicRequest, Request, visitor


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def joining(request: PublicRequest, name: str) -> HttpResponse:
    """
    Let anybody type an address, which is asked by letter; a person's own addresses join at once.

    The page that follows is the same for each address, on the list or not (rosters are private).
    """
    mailing_list = list_named(request, name)
    person = visitor(request)
    form = JoinForm(request.POST or None)
    asked = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wishes = Wishes(
            delivery=Delivery(said["delivery"]), language=get_language() or "en",
            zone=person.zone if person else "UTC",
        )  # fmt: skip
        with refusals_to(form):
            if person and queries.owns(person, said["email"]):
                actions.subscribe(person, mailing_list, said["email"], at=request.at, wishes=wishes)
                return done(request, _("The address is on the list."), "lists:subscriptions")
            limit = ask_to_join(
                mailing_list, said["email"], at=request.at, way=Way.WEB, wishes=wishes,
                network=network_of(request),
            )  # fmt: skip
            ensure_within(limit)
            asked = said["email"]
    return render(request, "lists/joining.html", _seen(mailing_list, request, form, asked))


def _seen(
    mailing_list: MailingList, request: PublicRequest, form: JoinForm, asked: str
) -> dict[str, object]:
    person = visitor(request)
    return {
        "list": mailing_list,
        "form": form,
        "asked": asked if form.is_valid() else "",
        "join": beside(mailing_list.address, "join"),
        "own": queries.own_addresses(person, mailing_list) if person else [],
    }


@never_cache
@require_safe
def own(request: Request) -> HttpResponse:
    """Show a person what they are subscribed to, and how each comes."""
    shown = {"subscriptions": queries.subscriptions_of(request.user)}
    return render(request, "lists/subscriptions.html", shown)


def _mine(request: Request, number: int) -> Subscription:
    found = get_object_or_404(queries.subscriptions_of(request.user), pk=number)
    request.scope = found.mailing_list.coalition
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: Request, number: int) -> HttpResponse:
    """Change how the mail of a list comes."""
    subscription = _mine(request, number)
    form = WishesForm(
        request.POST or None, wishes=actions.wishes_of(subscription), zone=request.user.zone
    )
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.set_delivery(request.user, subscription, form.wishes(), at=request.at)
        if form.is_valid():
            return done(request, _("The mail comes as you chose."), "lists:subscriptions")
    shown = {"subscription": subscription, "list": subscription.mailing_list, "form": form}
    return render(request, "lists/subscription.html", shown)


@require_POST
def departure(request: Request, number: int) -> HttpResponse:
    """Leave a list."""
    subscription = _mine(request, number)
    with refusals_as_message(request):
        actions.unsubscribe(
            request.user, subscription.mailing_list, subscription.address, at=request.at
        )
        messages.success(request, _("You are off the list. Its archive stays open."))
    return redirect("lists:subscriptions")


@require_POST
def resumption(request: Request, number: int) -> HttpResponse:
    """Let mail that stopped come again."""
    subscription = _mine(request, number)
    with refusals_as_message(request):
        actions.resume_mail(request.user, subscription, at=request.at)
        messages.success(request, _("The mail comes again."))
    return redirect("lists:subscriptions")
