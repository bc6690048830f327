"""What was taken out of the archive, where else its words stand, and who asks for more."""

from collections.abc import Iterator, Sequence
from typing import Any
from zlib import decompress

from django.db.models import Q, QuerySet

from intersession.lists.formats import mboxrd
from intersession.lists.models import ErasureRequest, MailingList, Message, Redaction
from intersession.lists.queries import raw_of, text_of
from intersession.lists.rules.quoting import own_words, runs, runs_of_html
from intersession.people.models import Person
from intersession.people.queries import addresses_of

LOOKED_AT = 5_000
"""Later messages of a list that are looked through for quotations."""
CHUNK = 200


def copies_of(message: Message) -> list[Message]:
    """Return a message and its copies on other lists, this one first."""
    lists = MailingList.objects.exclude(pk=message.mailing_list_id).values("pk")
    same = Q(mailing_list__in=lists, node=message.node, permalink=message.permalink)
    found = Message.objects.filter(same).select_related(
        "mailing_list__coalition", "content", "thread"
    )
    return [message, *found.order_by("pk")]


def quoting(message: Message) -> list[int]:
    """
    Find messages that repeat words of this one: in its thread, and later on its list.

    Of a list's later messages the nearest LOOKED_AT are read, a few at a time.
    """
    words = runs(own_words(text_of(message.content, message.at)))
    if not words:
        return []
    later = Message.objects.filter(mailing_list=message.mailing_list_id, at__gte=message.at)
    near = later.order_by("at", "pk").values_list("pk", "content__fragment")[:LOOKED_AT]
    talk = Message.objects.filter(thread=message.thread_id).values_list("pk", "content__fragment")
    found = {pk for rows in (near, talk[:LOOKED_AT]) for pk in _repeating(rows, words)}
    return sorted(found - {message.pk})


def _repeating(rows: QuerySet[Message, Any], words: frozenset[int]) -> Iterator[int]:
    for pk, packed in rows.iterator(CHUNK):
        if not words.isdisjoint(runs_of_html(decompress(packed or b"").decode())):
            yield pk


def of_message(message: Message) -> Sequence[Redaction]:
    """Return what was taken out of a message, with the messages that quote it, in order."""
    found = Redaction.objects.filter(message=message).select_related("by").order_by("at", "pk")
    return list(found.prefetch_related("copies__message__mailing_list"))


def open_requests(message: Message, what: str = "") -> Sequence[ErasureRequest]:
    """Return who asks that something (or just this) be taken out of a message, in order."""
    found = ErasureRequest.objects.filter(message=message, answered_at=None)
    found = found.filter(what=what) if what else found
    found = found.select_related("message__mailing_list")
    return list(found.select_related("by").order_by("at", "pk"))


def waiting_in(mailing_list: MailingList) -> QuerySet[ErasureRequest]:
    """Return the requests about a list that nobody has answered, first asked first."""
    found = ErasureRequest.objects.filter(message__mailing_list=mailing_list, answered_at=None)
    return found.select_related("message__mailing_list", "by").order_by("at", "pk")


def wrote(person: Person, message: Message) -> bool:
    """Test whether a message came from one of the person's verified addresses."""
    return addresses_of(person).filter(email=message.author.address).exists()


def own_posts(person: Person) -> Iterator[bytes]:
    """Write everything the person posted from verified addresses as mboxrd, oldest first."""
    own = addresses_of(person).values("email")
    found = Message.objects.filter(author__address__in=own).order_by("at", "pk")
    for message in found.select_related("content").iterator(CHUNK):
        yield mboxrd.entry(raw_of(message.content), message.at)
