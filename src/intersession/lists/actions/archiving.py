"""A single post taken into the archive."""

from datetime import datetime
from secrets import token_hex

from django.db import transaction

from intersession.journal.actions import record
from intersession.journal.rules import salted_digest
from intersession.kit.composed import Composed
from intersession.kit.facts import publish
from intersession.lists.actions.storing import as_imposter, known, store
from intersession.lists.events import PostArchived
from intersession.lists.formats.pressing import Pressed, press
from intersession.lists.models import MailingList, Message
from intersession.lists.rules import identity

STORED: Composed[Message] = Composed(lambda number: Message.objects.filter(pk=number))


def archive(mailing_list: MailingList, raw: bytes, *, at: datetime, envelope: str = "") -> Message:
    """
    Take one post into the archive alone: nobody is sent a copy.

    A post that is there already (by its content) is returned as it is, and nothing is done twice.
    It is read before the transaction: a large one takes its time, and nobody else waits for it.
    """
    return keep(mailing_list, press(raw, envelope, at), at=at)[0]


@transaction.atomic(savepoint=False)
def keep(mailing_list: MailingList, pressed: Pressed, *, at: datetime) -> tuple[Message, bool]:
    """Keep a post that was read, and return it with whether it is new here."""
    salt = token_hex(16)
    number = store(mailing_list, [pressed], salt=salt).ids[0]
    if number is None:
        return _there(mailing_list, pressed), False
    (message,) = STORED(number=number)
    message.mailing_list = mailing_list
    record(
        None, "lists.archive", message, at=at, scope=message.mailing_list.coalition.slug,
        title=str(message.mailing_list), url=message.get_absolute_url(),
        digests={"content": salted_digest(pressed.content.hex(), salt)},
    )  # fmt: skip
    publish(PostArchived(message.pk, at))
    return message, True


def _there(mailing_list: MailingList, pressed: Pressed) -> Message:
    node = pressed.node
    there = known(mailing_list, [pressed])[node]
    if there != pressed.content and len(there) != identity.FORGOTTEN:
        node = as_imposter(pressed).node
    return Message.objects.select_related("mailing_list__coalition").get(
        mailing_list=mailing_list, node=node
    )
