"""A list or a thread as mboxrd, streamed."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from intersession.lists.http import list_named, message_named, veil_for
from intersession.lists.queries import export_mbox
from intersession.people.http import PublicRequest


def _mailbox(entries: Iterator[bytes], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(entries, content_type="application/mbox")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.mbox"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@login_not_required
@require_safe
def archive(request: PublicRequest, name: str) -> StreamingHttpResponse:
    """Hand out a whole list; taken in again, it makes the same archive. Veiled for visitors."""
    found = list_named(request, name)
    return _mailbox(export_mbox(found, veil=veil_for(request, found)), name)


@login_not_required
@require_safe
def thread(request: PublicRequest, name: str, permalink: str) -> StreamingHttpResponse:
    """Hand out a thread, veiled for visitors."""
    found = message_named(request, name, permalink)
    veil = veil_for(request, found.mailing_list)
    entries = export_mbox(found.mailing_list, thread=found.thread, veil=veil)
    return _mailbox(entries, f"{name}-{permalink}")
