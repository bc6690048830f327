"""A list carried away: as a maildir, or as lines of JSON. Both stream, whatever its size."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from json import JSONEncoder

from django.conf import settings
from django.db.models import QuerySet

from intersession.lists.formats.zipped import Zip
from intersession.lists.models import MailingList, Message, message_address
from intersession.lists.queries import CHUNK, Veil, raw_of
from intersession.lists.rules import identity
from intersession.lists.rules.offline import maildir_name
from intersession.lists.rules.parsing import parsed

_line = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _in_order(messages: QuerySet[Message]) -> Iterator[Message]:
    """Give messages by their number, a few at a time."""
    last = 0
    while part := list(messages.filter(number__gt=last).order_by("number")[:CHUNK]):
        last = part[-1].number
        yield from part


def export_maildir(mailing_list: MailingList, *, veil: Veil = bytes) -> Iterator[bytes]:
    """
    Write the archive as a maildir in a zip file, a file for each message.

    Taken in again, it makes the same archive. `veil` changes each message on its way out.
    """
    at = mailing_list.opened_at
    with closing(Zip()) as made:
        for folder in ("cur/", "new/", "tmp/"):
            yield made.file(f"{mailing_list.name}/{folder}", (), at)
        messages = Message.objects.filter(mailing_list=mailing_list).select_related("content")
        for message in _in_order(messages):
            seconds = max(0, int(message.at.timestamp()))
            name = f"{mailing_list.name}/{maildir_name(message.number, seconds, mailing_list.name)}"
            yield made.file(name, (veil(raw_of(message.content)),), message.at)
        yield from made.end()


def export_json(mailing_list: MailingList, *, veil: Veil = bytes) -> Iterator[bytes]:
    """
    Write the archive for programs: a line of JSON for each message, by number.

    Addresses in texts are masked as on the pages; the author's is as `veil` leaves it.
    """
    base = settings.SITE_URL
    messages = (
        Message.objects.filter(mailing_list=mailing_list)
        .select_related("content", "thread", "parent")
        .prefetch_related("attachments")
    )
    for message in _in_order(messages):
        address = message_address(mailing_list.name, message.permalink)
        yield _line(_told(message, f"{base}{address}", veil)).encode() + b"\n"


def _told(message: Message, url: str, veil: Veil) -> dict[str, object]:
    mail = parsed(veil(raw_of(message.content)), latest=message.at)
    return {
        "number": message.number, "message_id": message.message_id,
        "permalink": message.permalink, "url": url, "at": _moment(message.at),
        "author": {"name": message.name, "address": mail.address}, "subject": message.subject,
        "thread": message.thread.permalink,
        "answers": message.parent.permalink if message.parent else None,
        "references": [identity.permalink(one) for one in mail.references],
        "language": message.language, "text": mail.text,
        "files": [
            {"name": file.name, "type": file.type, "size": file.size, "sha256": file.sha256,
             "url": f"{url}files/{file.position}/"}
            for file in sorted(message.attachments.all(), key=lambda file: file.position)
        ],
    }  # fmt: skip


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
