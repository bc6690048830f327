"""What becomes of posts: in numbers for everybody, and one by one for their author."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intersession.lists import forms, permissions
from intersession.lists.http import list_named
from intersession.lists.models import MailingList
from intersession.lists.phrases import reasons_in_words
from intersession.lists.queries import handled as queries
from intersession.lists.queries.held import open_questions, own_posts
from intersession.lists.queries.standing import suspended_now
from intersession.lists.queries.tokens import question_token
from intersession.people.http import PublicRequest, Request, visitor

MONTHS = timedelta(days=366)
MOST = 50
"""Posts of one's own that are shown."""


@login_not_required
@require_safe
def show(request: PublicRequest, name: str) -> HttpResponse:
    """Show the rules of a list, and how many posts of each month met which end."""
    return answered(request, list_named(request, name), forms.StopForm())


def answered(
    request: PublicRequest | Request, mailing_list: MailingList, stop: forms.StopForm
) -> HttpResponse:
    """Show the page, with what was typed into the form of the stop."""
    reader = visitor(request)
    since = queries.month_of(request.at - MONTHS)
    shown = {
        "list": mailing_list,
        "months": queries.handled_since(mailing_list, since, request.at),
        "suspended": suspended_now(mailing_list, at=request.at),
        "stop": stop,
        "may_moderate": reader and permissions.may_moderate(reader, mailing_list, at=request.at),
        "may_read_mailbox": reader
        and permissions.may_read_mailbox(reader, mailing_list, at=request.at),
        "may_look_after": reader
        and permissions.may_look_after(reader, mailing_list, at=request.at),
    }
    return render(request, "lists/handled.html", shown)


@require_safe
def own(request: Request) -> HttpResponse:
    """Show one's own posts that wait, or did lately, with why and what became of them."""
    posts = list(own_posts(request.user, at=request.at)[:MOST])
    asked = open_questions(posts, at=request.at)
    shown = [
        {
            "held": post,
            "reasons": reasons_in_words(post.reasons),
            "token": question_token(asked[post.pk]) if post.pk in asked else "",
        }
        for post in posts
    ]
    return render(request, "lists/own_posts.html", {"posts": shown})
