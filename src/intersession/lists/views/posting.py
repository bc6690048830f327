"""Writing to a list from its pages: an answer, or a new thread."""

from secrets import token_hex

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intersession.kit import words
from intersession.kit.pages import refusals_to
from intersession.lists import actions, forms, permissions
from intersession.lists.http import list_named, message_named
from intersession.lists.models import MailingList, Message
from intersession.lists.queries import text_of
from intersession.lists.queries.standing import suspension_of
from intersession.lists.rules.addresses import beside
from intersession.lists.rules.flowing import quoted
from intersession.people.http import Request
from intersession.people.queries import addresses_of


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, name: str, permalink: str) -> HttpResponse:
    """Answer a message; what it says stands below, quoted."""
    message = message_named(request, name, permalink)
    return _write(request, message.mailing_list, message)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request, name: str) -> HttpResponse:
    """Begin a new thread."""
    return _write(request, list_named(request, name), None)


def _write(request: Request, mailing_list: MailingList, answered: Message | None) -> HttpResponse:
    addresses = [one.email for one in addresses_of(request.user)]
    given = _proposed(answered) if answered else {}
    form = forms.PostForm(
        request.POST or None, addresses=addresses, initial={**given, "token": token_hex(16)}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        post = actions.Post(said["address"], said["subject"], said["text"], said["token"], answered)
        with refusals_to(form):
            posted = actions.post_from_page(request.user, mailing_list, post, at=request.at)
        if form.is_valid():
            return _told(request, mailing_list, posted)
    shown = {
        "list": mailing_list,
        "mail": answered,
        "form": form,
        "suspension": suspension_of(request.user, mailing_list, at=request.at),
        "owner": beside(mailing_list.address, "owner"),
        "may_post": permissions.may_post(request.user, mailing_list),
    }
    return render(request, "lists/post.html", shown)


def _proposed(answered: Message) -> dict[str, str]:
    subject = answered.subject
    lead = _("%(name)s wrote on %(moment)s:") % {
        "name": answered.name or _("Somebody"), "moment": words.moment(answered.at),
    }  # fmt: skip
    said = quoted(text_of(answered.content, answered.at))
    return {
        "subject": subject if subject[:3].lower() == "re:" else f"Re: {subject}",
        "text": f"\n\n{lead}\n{said}\n",
    }


def _told(request: Request, mailing_list: MailingList, posted: actions.Posted) -> HttpResponse:
    if posted.message is not None:
        messages.success(request, _("Your message is on the list."))
        return redirect(posted.message)
    why = " ".join(posted.reasons)
    messages.warning(request, _("Your message waits for a moderator. %(why)s") % {"why": why})
    return redirect(mailing_list)
