"""A list or a thread to be carried away, streamed: mboxrd, maildir, JSON, pages."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from intersession.lists.http import list_named, message_named, veil_for
from intersession.lists.queries import export_mbox
from intersession.lists.queries.exports import export_json, export_maildir
from intersession.lists.rules.limits import Download
from intersession.lists.views.counted import counted
from intersession.lists.views.offline import Site
from intersession.people.http import PublicRequest


def _mailbox(entries: Iterator[bytes], name: str) -> StreamingHttpResponse:
    return _saved(entries, f"{name}.mbox", "application/mbox")


def _saved(pieces: Iterable[bytes], name: str, kind: str) -> StreamingHttpResponse:
    """Answer with a file to be saved, as it is being written."""
    answer = StreamingHttpResponse(pieces, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@login_not_required
@require_safe
@counted(Download.WHOLE)
def archive(request: PublicRequest, name: str) -> StreamingHttpResponse:
    """Hand out a whole list; taken in again, it makes the same archive. Veiled for visitors."""
    found = list_named(request, name)
    return _mailbox(export_mbox(found, veil=veil_for(request, found)), name)


@login_not_required
@require_safe
@counted(Download.THREAD)
def thread(request: PublicRequest, name: str, permalink: str) -> StreamingHttpResponse:
    """Hand out a thread, veiled for visitors."""
    found = message_named(request, name, permalink)
    veil = veil_for(request, found.mailing_list)
    entries = export_mbox(found.mailing_list, thread=found.thread, veil=veil)
    return _mailbox(entries, f"{name}-{permalink}")


@login_not_required
@require_safe
@counted(Download.WHOLE)
def maildir(request: PublicRequest, name: str) -> StreamingHttpResponse:
    """Hand out a whole list as a maildir, zipped. Veiled for visitors."""
    found = list_named(request, name)
    pieces = export_maildir(found, veil=veil_for(request, found))
    return _saved(pieces, f"{name}-maildir.zip", "application/zip")


@login_not_required
@require_safe
@counted(Download.WHOLE)
def lines(request: PublicRequest, name: str) -> StreamingHttpResponse:
    """Hand out a whole list for programs: a line of JSON for each message. Veiled for visitors."""
    found = list_named(request, name)
    pieces = export_json(found, veil=veil_for(request, found))
    return _saved(pieces, f"{name}.jsonl", "application/jsonl")


@login_not_required
@require_safe
@counted(Download.WHOLE)
def site(request: PublicRequest, name: str) -> StreamingHttpResponse:
    """Hand out a whole list as pages that open without a server; they show what pages here show."""
    found = list_named(request, name)
    return _saved(Site(found, request.at), f"{name}-pages.zip", "application/zip")
