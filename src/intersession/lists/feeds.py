"""Atom feeds (RFC 4287): a list, a thread."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from intersession.lists.formats.tombstones import html_of
from intersession.lists.http import list_named, message_named
from intersession.lists.models import MailingList, Message
from intersession.lists.queries import fragment_of, pages
from intersession.lists.rules.redacting import tombstones_of
from intersession.lists.rules.rendering import spoken
from intersession.people.http import PublicRequest

ENTRIES = 30


def _feed(
    title: str, address: str, mailing_list: MailingList, messages: Iterable[Message], own: str
) -> HttpResponse:
    feed = Atom1Feed(
        title=title, link=settings.SITE_URL + address, description="", language=None,
        feed_url=settings.SITE_URL + own,
    )  # fmt: skip
    for message in messages:
        url = f"{settings.SITE_URL}/lists/{mailing_list.name}/messages/{message.permalink}/"
        stones, html = tombstones_of(fragment_of(message.content))
        html = html_of(stones) + spoken(html, lambda count: f"> {count}", "--")
        feed.add_item(
            title=message.subject, link=url, description=html, unique_id=url,
            author_name=message.name, pubdate=message.at, updateddate=message.at,
        )  # fmt: skip
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(answer, "utf-8")
    return answer


@login_not_required
@require_safe
def of_list(request: PublicRequest, name: str) -> HttpResponse:
    """Give the newest messages of a list."""
    found = list_named(request, name)
    own = request.path
    return _feed(found.title, found.get_absolute_url(), found, pages.newest(found, ENTRIES), own)


@login_not_required
@require_safe
def of_thread(request: PublicRequest, name: str, permalink: str) -> HttpResponse:
    """Give the newest messages of a thread."""
    thread = message_named(request, name, permalink).thread
    newest = Message.objects.filter(thread=thread).order_by("-at", "-pk").select_related("content")
    return _feed(
        thread.subject, thread.get_absolute_url(), thread.mailing_list, newest[:ENTRIES],
        request.path,
    )  # fmt: skip
