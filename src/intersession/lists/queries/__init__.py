"""Reading lists and their archives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from zlib import decompress

from django.conf import settings
from django.db.models import QuerySet

from intersession.coalitions.models import Coalition
from intersession.lists.formats import mboxrd
from intersession.lists.models import Attachment, Content, MailingList, Message, Thread
from intersession.lists.rules import identity
from intersession.lists.rules.bodies import file_at
from intersession.lists.rules.headers import ellipsed
from intersession.lists.rules.mime import part_of
from intersession.lists.rules.parsing import parsed
from intersession.people.models import Person

CHUNK = 100

type Veil = Callable[[bytes], bytes]
"""What a message goes through on its way out; `bytes` leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said in a thread, as plain text with masked addresses."""

    author: str
    at: datetime
    text: str


def visible_to(person: Person | None) -> QuerySet[MailingList]:
    """Return the lists this person may read: their archives are open."""
    return MailingList.objects.all()


def message_at(mailing_list: MailingList, permalink: str) -> QuerySet[Message]:
    """Return the message of a permalink (RFC 5064), none where the text can be no permalink."""
    if not identity.is_permalink(permalink):
        return Message.objects.none()
    return Message.objects.filter(
        mailing_list=mailing_list, node=identity.node(permalink), permalink=permalink
    )


def thread_at(mailing_list: MailingList, permalink: str) -> QuerySet[Thread]:
    """Return the thread that holds a message: the address of every message in it leads there."""
    return Thread.objects.filter(pk__in=message_at(mailing_list, permalink).values("thread"))


def fragment_of(content: Content) -> str:
    """Return the rendered text of a message; `rules.rendering.spoken` fills its marks."""
    return decompress(bytes(content.fragment)).decode()


def raw_of(content: Content) -> bytes:
    """Return a message byte by byte as it came."""
    return decompress(bytes(content.raw))


def bytes_of(attachment: Attachment) -> bytes:
    """Return the bytes of a file, taken out of its mail now."""
    content = Content.objects.get(message=attachment.message_id)
    return file_at(part_of(raw_of(content)), attachment.position) or b""


def text_of(content: Content, at: datetime) -> str:
    """Return what a message says as plain text, read anew from its bytes; addresses are masked."""
    return ellipsed(parsed(raw_of(content), latest=at).text)


def thread_texts(thread: Thread) -> Iterator[Said]:
    """Give what was said in a thread with what it quotes, oldest first; read from its mail."""
    found = Content.objects.filter(message__thread=thread).order_by("message__at", "message")
    for content in found.defer("fragment").select_related("message").iterator(CHUNK // 10):
        message = content.message
        yield Said(message.name, message.at, text_of(content, message.at))


def export_mbox(
    mailing_list: MailingList, *, thread: Thread | None = None, veil: Veil = bytes
) -> Iterator[bytes]:
    """
    Write the archive, or one thread of it, as mboxrd, one message at a time.

    Taken in again, it makes the same archive. `veil` changes each message on its way out.
    """
    messages = Message.objects.filter(mailing_list=mailing_list).order_by("number")
    if thread is not None:
        messages = messages.filter(thread=thread)
    last = 0
    while part := list(messages.filter(number__gt=last).select_related("content")[:CHUNK]):
        last = part[-1].number
        for message in part:
            yield mboxrd.entry(veil(raw_of(message.content)), message.at)


def domain_for(coalition: Coalition) -> str:
    """Return the domain of a new list: that of the coalition's lists, of any, or of our letters."""
    lists = MailingList.objects.filter(mirrors="").order_by("-pk")
    known = lists.filter(coalition=coalition).first() or lists.first()
    address = known.address if known else parseaddr(settings.MAIL_FROM)[1]
    return address.rpartition("@")[2]
