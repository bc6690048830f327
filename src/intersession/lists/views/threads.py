"""A thread: its page in parts, and the whole of it as text or HTML."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from intersession.lists.http import message_named
from intersession.lists.models import Thread
from intersession.lists.permissions import may_arrange, may_watch
from intersession.lists.queries import talks, thread_texts
from intersession.lists.queries.subscriptions import interest_in
from intersession.lists.views import fresh, writing
from intersession.people.http import PublicRequest, visitor
from intersession.people.models import Person

BETWEEN = "<!-- messages -->"


def _number(request: PublicRequest) -> int:
    asked = request.GET.get("part", "1")
    if not asked.isdecimal() or len(asked) > 6:
        raise Http404
    return int(asked)


def _watching(reader: Person | None, thread: Thread, at: datetime) -> dict[str, object]:
    if reader is None:
        return {}
    return {
        "may_arrange": may_arrange(reader, thread.mailing_list, at=at),
        "may_watch": may_watch(reader, thread),
        "interest": interest_in(reader, thread),
    }


@login_not_required
@require_safe
def show(request: PublicRequest, name: str, permalink: str) -> HttpResponse:
    """Show a part of a thread; the address of a later message leads to the part that holds it."""
    message = message_named(request, name, permalink)
    thread = message.thread
    if permalink != thread.permalink:
        number = talks.part_with(message)
        part = f"?part={number}" if number > 1 else ""
        return HttpResponseRedirect(f"{thread.get_absolute_url()}{part}#m{message.number}")
    number = _number(request)
    is_tree = request.GET.get("by") == "answers"
    marks = (thread.pk, thread.count, thread.edition, thread.last_at.timestamp(), number, is_tree)
    tag = fresh.tag_of(request, *marks)
    if answer := fresh.unchanged(request, tag):
        return answer
    talk = (talks.talk_by_answers if is_tree else talks.talk)(thread, number)
    if talk is None:
        raise Http404
    request.subject = thread
    reader = visitor(request)
    writer = writing.Writer(message.mailing_list, reader.zone if reader else "UTC")
    shown = {
        "thread": thread,
        "list": message.mailing_list,
        "talk": talk,
        "numbers": range(1, talk.parts + 1),
        "posts": writer.messages(talk.posts, talks.files_of(talk.posts), talk.depths),
        "tree": writer.tree(talk.posts),
        "is_tree": is_tree,
        "order": "by=answers&" if is_tree else "",
        **_watching(reader, thread, request.at),
    }
    return fresh.tagged(render(request, "lists/thread.html", shown), tag)


@login_not_required
@require_safe
def whole_text(request: PublicRequest, name: str, permalink: str) -> StreamingHttpResponse:
    """Stream a thread as plain text."""
    thread = message_named(request, name, permalink).thread

    def text() -> Iterator[str]:
        yield f"{thread.subject}\n{'=' * 72}\n\n"
        for said in thread_texts(thread):
            yield f"{said.author}, {said.at:%Y-%m-%d %H:%M} UTC\n\n{said.text.strip()}\n\n"
            yield f"{'-' * 72}\n\n"

    return StreamingHttpResponse(text(), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def whole(request: PublicRequest, name: str, permalink: str) -> StreamingHttpResponse:
    """Stream a thread as one page."""
    message = message_named(request, name, permalink)
    shown = {"thread": message.thread, "list": message.mailing_list, "between": BETWEEN}
    before, after = render_to_string("lists/whole.html", shown, request).split(BETWEEN)
    writer = writing.Writer(message.mailing_list)

    def page() -> Iterator[str]:
        yield before
        batch: list[str] = []
        for post in talks.whole(message.thread):
            batch.append(writer.message(post, ()))
            if len(batch) == talks.CHUNK:
                yield "".join(batch)
                batch = []
        yield "".join(batch)
        yield after

    return StreamingHttpResponse(page())
