"""One message: its page, its source, its files."""

from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intersession.lists.http import message_named, veil_for
from intersession.lists.models import Attachment
from intersession.lists.permissions import may_ask_erasure, may_redact
from intersession.lists.queries import bytes_of, raw_of, talks
from intersession.lists.queries.around import around
from intersession.lists.views import fresh, writing
from intersession.people.http import PublicRequest, visitor

SAFE = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""Files that a browser may show; every other is only ever saved."""


@login_not_required
@require_safe
def show(request: PublicRequest, name: str, permalink: str) -> HttpResponse:
    """Show a message; its address never changes (RFC 5064)."""
    message = message_named(request, name, permalink)
    thread = message.thread
    tag = fresh.tag_of(request, message.pk, thread.pk, thread.count, thread.edition)
    if answer := fresh.unchanged(request, tag):
        return answer
    request.subject = message
    post = talks.post_of(message)
    reader = visitor(request)
    writer = writing.Writer(message.mailing_list, reader.zone if reader else "UTC")
    files = talks.files_of([post])
    shown = {
        "mail": message,
        "list": message.mailing_list,
        "thread": thread,
        "around": around(message),
        "may_redact": reader and may_redact(reader, message.mailing_list, at=request.at),
        "may_ask_erasure": reader and may_ask_erasure(reader, message),
        "written": writer.messages([post], files),
    }
    return fresh.tagged(render(request, "lists/message.html", shown), tag)


@login_not_required
@require_safe
def raw(request: PublicRequest, name: str, permalink: str) -> HttpResponse:
    """Hand out a message byte by byte as it came; veiled for visitors."""
    message = message_named(request, name, permalink)
    source = veil_for(request, message.mailing_list)(raw_of(message.content))
    answer = HttpResponse(source, content_type="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="{message.number}.eml"'
    return closed(answer)


@login_not_required
@require_safe
def file(request: PublicRequest, name: str, permalink: str, position: int) -> HttpResponse:
    """Hand out a file of a message. Only plain pictures may be shown, all else is saved."""
    message = message_named(request, name, permalink)
    attached = get_object_or_404(Attachment, message=message, position=position)
    is_safe = attached.type in SAFE
    kind = attached.type if is_safe else "application/octet-stream"
    answer = HttpResponse(bytes_of(attached), content_type=kind)
    way = "inline" if is_safe else "attachment"
    answer.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{_name(attached)}"
    return closed(answer)


def _name(attached: Attachment) -> str:
    """Write a file's name for a header (RFC 6266)."""
    return quote(attached.name or f"file-{attached.position}", safe="")


def closed(answer: HttpResponse) -> HttpResponse:
    """Let nothing in what strangers sent act in our name, nor be listed by search engines."""
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
