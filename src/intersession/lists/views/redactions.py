"""Taking something out of a message, asking for it, and taking one's own posts along."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intersession.kit.answers import ensure
from intersession.kit.pages import done, refusals_to
from intersession.lists import actions, forms, permissions
from intersession.lists.http import message_named
from intersession.lists.models import Attachment, ErasureRequest, Message
from intersession.lists.queries import redactions as queries
from intersession.lists.rules.limits import Download
from intersession.lists.states import Redacted, RedactedFor
from intersession.lists.views.counted import counted
from intersession.people.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def redaction(request: Request, name: str, permalink: str) -> HttpResponse:
    """Take something out of a message; shows what is gone, who asks, and who quotes it."""
    message = message_named(request, name, permalink)
    ensure(permissions.may_redact(request.user, message.mailing_list, at=request.at))
    files = list(Attachment.objects.filter(message=message).order_by("position"))
    form = forms.RedactionForm(request.POST or None, files=files)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals_to(form):
            actions.redact(
                request.user, message, at=request.at, what=Redacted(said["what"]),
                reason=RedactedFor(said["reason"]), position=said["position"],
            )  # fmt: skip
        if form.is_valid():
            words = _("It is removed, here and in every copy. A note stands in its place.")
            return done(request, words, request.path)
    return _page(request, message, form)


def _page(request: Request, message: Message, form: forms.RedactionForm) -> HttpResponse:
    shown = {
        "mail": message,
        "list": message.mailing_list,
        "form": form,
        "done": queries.of_message(message),
        "requests": queries.open_requests(message),
        "decline": forms.DeclineForm(),
    }
    return render(request, "lists/redaction.html", shown)


@require_POST
def refusal(request: Request, name: str, permalink: str, number: int) -> HttpResponse:
    """Decline a request with its reason."""
    message = message_named(request, name, permalink)
    asked = get_object_or_404(ErasureRequest, pk=number, message=message)
    asked.message = message
    form = forms.DeclineForm(request.POST)
    form.is_valid()
    actions.decline_erasure(
        request.user, asked, at=request.at, words=form.cleaned_data.get("words", "")
    )
    words = _("The request is answered.")
    return done(request, words, f"{message.get_absolute_url()}redaction/")


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: Request, name: str, permalink: str) -> HttpResponse:
    """Ask that one's own message be taken out."""
    message = message_named(request, name, permalink)
    ensure(permissions.may_ask_erasure(request.user, message))
    form = forms.ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals_to(form):
            actions.ask_erasure(
                request.user, message, at=request.at, what=Redacted(said["what"]),
                words=said["words"],
            )  # fmt: skip
        if form.is_valid():
            words = _("Asked. Those who look after the list will answer.")
            return done(request, words, message.get_absolute_url())
    shown = {"mail": message, "list": message.mailing_list, "form": form}
    return render(request, "lists/erasure.html", shown)


@require_safe
@counted(Download.WHOLE)
def own(request: Request) -> StreamingHttpResponse:
    """Hand out everything one posted, byte by byte, as mboxrd (GDPR, Article 20)."""
    answer = StreamingHttpResponse(queries.own_posts(request.user), content_type="application/mbox")
    answer.headers["Content-Disposition"] = 'attachment; filename="own-posts.mbox"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
