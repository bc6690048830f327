"""Messages as the search finds them."""

from collections.abc import Mapping

from isal.isal_zlib import compress

from intersession.lists.formats.pressing import LEVEL
from intersession.lists.models import Message
from intersession.lists.rules.rendering import own_words
from intersession.lists.rules.subjects import forwards
from intersession.search.models import Item
from intersession.search.rules import tagged, unpack

NOBODY = ":removed"
"""The address of the author of messages whose writer was taken out; no mail can have it."""


def tags_of(message: Message) -> str:
    """Return what a search for a message can be narrowed by."""
    sender = message.author.address
    return tagged(
        message.mailing_list.name,
        "" if sender == NOBODY else sender,
        has_files=message.files > 0,
    )


def renew(items: Mapping[int, Item]) -> None:
    """Let the documents of messages (by primary key) say what an import would put in now."""
    found = Message.objects.filter(pk__in=items.keys()).select_related("mailing_list", "author")
    for message in found:
        item = items[message.pk]
        if not forwards(item.title):
            item.body = compress(own_words(unpack(bytes(item.body))).encode(), LEVEL)
        item.tags = tags_of(message)
