"""Mail to an office, for those who hold it today."""

from zlib import decompress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from intersession.kit.answers import Denied, ensure
from intersession.kit.pages import refusals_as_message
from intersession.lists import actions, permissions
from intersession.lists.http import list_named
from intersession.lists.models import Correspondence
from intersession.lists.queries import correspondence as queries
from intersession.lists.rules.bodies import body_of
from intersession.lists.rules.mime import part_of
from intersession.people.http import Request


@never_cache
@require_safe
def of_list(request: Request, name: str) -> HttpResponse:
    """Show what was written to those who look after a list."""
    mailing_list = list_named(request, name)
    ensure(permissions.may_read_mailbox(request.user, mailing_list, at=request.at))
    found = queries.of_list(mailing_list, whole=request.user.is_secretariat)
    return render(request, "lists/correspondence.html", {"list": mailing_list, "mails": found})


@never_cache
@require_safe
def everything(request: Request) -> HttpResponse:
    """Show the Secretariat what was written to any office."""
    if not request.user.is_secretariat:
        raise Denied(_("Only the Secretariat reads its mail."))
    return render(request, "lists/correspondence.html", {"mails": queries.everything()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, number: int) -> HttpResponse:
    """Show a mail to an office; its button marks it as answered."""
    found = Correspondence.objects.select_related(
        "mailing_list__coalition", "answered_by", "answers"
    )
    mail = get_object_or_404(found, pk=number)
    ensure(permissions.may_read_correspondence(request.user, mail, at=request.at))
    if request.method == "POST":
        with refusals_as_message(request):
            actions.mark_answered(request.user, mail, at=request.at)
            messages.success(request, _("Marked as answered."))
        return redirect(request.path)
    if mail.mailing_list:
        request.scope = mail.mailing_list.coalition
    text = body_of(part_of(decompress(mail.raw))).text
    shown = {"mail": mail, "text": text, "replies": mail.replies.defer("raw").order_by("at", "pk")}
    return render(request, "lists/office_mail.html", shown)
