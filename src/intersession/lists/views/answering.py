"""Links from letters: a question answered, and a list left by one click."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from intersession.lists.actions.answering import answer
from intersession.lists.actions.subscribing import set_delivery, unsubscribe, wishes_of
from intersession.lists.queries import tokens
from intersession.lists.queries.questions import outcome_of
from intersession.lists.states import Delivery, Purpose, Way
from intersession.people.http import PublicRequest

INSTEAD = {str(one): one for one in Delivery}
"""What the page of leaving offers besides."""
OVER = "lists/question_over.html"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: PublicRequest, token: str) -> HttpResponse:
    """Ask once more, and answer on the button alone: mail programs fetch the links in letters."""
    asked = tokens.open_question(token, at=request.at)
    if asked is None:
        return _answered(request, token)
    if asked.held and asked.purpose == Purpose.MODERATE:
        return redirect("lists:held", asked.mailing_list.name, asked.held.pk)
    if request.method == "POST":
        answer(asked, at=request.at)
        return redirect(request.path)
    return render(request, "lists/question.html", {"asked": asked, "list": asked.mailing_list})


def _answered(request: PublicRequest, token: str) -> HttpResponse:
    """Say what was confirmed by a link and what comes next, while that is so."""
    asked = tokens.question_of(token)
    outcome = outcome_of(asked) if asked and asked.answered_at else None
    if asked is None or outcome is None:
        return render(request, OVER, status=404)
    request.scope = asked.mailing_list.coalition
    shown = {"asked": asked, "outcome": outcome, "list": asked.mailing_list}
    return render(request, "lists/answered.html", shown)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: PublicRequest, token: str) -> HttpResponse:
    """
    Take an address off a list by one click (RFC 8058): a POST without cookies is enough.

    Its body is `List-Unsubscribe=One-Click`; the buttons of the page send `do`, and can ask for a
    digest instead. A link that is used again says that it is done, as mail programs may repeat it.
    """
    subscription = tokens.subscription_of(token)
    if subscription is None:
        return render(request, "lists/leaving_nowhere.html", status=404)
    mailing_list = subscription.mailing_list
    wanted = INSTEAD.get(request.POST.get("do", ""))
    if request.method == "POST" and subscription.until is None:
        if wanted is None:
            unsubscribe(None, mailing_list, subscription.address, at=request.at, way=Way.MAIL)
        elif subscription.delivery != wanted:
            wishes = replace(wishes_of(subscription), delivery=wanted)
            set_delivery(None, subscription, wishes, at=request.at)
        subscription.refresh_from_db()
    shown = {
        "list": mailing_list,
        "is_over": subscription.until is not None,
        "changed_to": wanted.label if wanted and request.method == "POST" else "",
        "delivery": subscription.delivery,
        "deliveries": Delivery.choices,
    }
    return render(request, "lists/leaving.html", shown)
