"""A list or a thread as mboxrd, streamed."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from intersession.lists.http import list_named, message_named
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
    """Hand out a whole list; taken in again, it makes the same archive."""
    return _mailbox(export_mbox(list_named(request, name)), name)


@login_not_required
@require_safe
def thread(request: PublicRequest, name: str, permalink: str) -> StreamingHttpResponse:
    """Hand out a thread."""
    found = message_named(request, name, permalink)
    return _mailbox(export_mbox(found.mailing_list, thread=found.thread), f"{name}-{permalink}")
