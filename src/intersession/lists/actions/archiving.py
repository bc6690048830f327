"""A single post taken into the archive."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from secrets import token_hex

from django.db import connection, transaction

from intersession.journal.actions import Act, record_many
from intersession.journal.rules import salted_digest
from intersession.kit.facts import publish
from intersession.kit.prepared import without_waiting
from intersession.lists.actions.storing import as_imposter, known, store
from intersession.lists.events import PostArchived
from intersession.lists.formats.pressing import Pressed, press
from intersession.lists.models import MailingList, Message
from intersession.lists.rules import identity


def archive(mailing_list: MailingList, raw: bytes, *, at: datetime, envelope: str = "") -> Message:
    """
    Take one post into the archive alone: nobody is sent a copy.

    A post that is there already (by its content) is returned as it is, and nothing is done twice.
    It is read before the transaction: a large one takes its time, and nobody else waits for it.
    """
    return keep_all(mailing_list, [press(raw, envelope, at)], at=at)[0][0]


@transaction.atomic(savepoint=False)
def keep_all(
    mailing_list: MailingList, mails: Sequence[Pressed], *, at: datetime
) -> list[tuple[Message, bool]]:
    """Keep posts that were read, and return each with whether it is new here."""
    salts = [token_hex(16) for _ in mails]
    with without_waiting():
        stored = store(mailing_list, mails, salts=salts)
        fresh = [
            None if number is None else _made(mailing_list, number, link)
            for number, link in zip(stored.ids, stored.permalinks, strict=True)
        ]
        if not mailing_list.is_probe:  # of those nobody did anything
            _record(mailing_list, zip(fresh, mails, salts, strict=True), at=at)
    if not mailing_list.is_probe:
        for message in filter(None, fresh):
            publish(PostArchived(message.pk, at))
    return [
        (_there(mailing_list, mail), False) if message is None else (message, True)
        for message, mail in zip(fresh, mails, strict=True)
    ]


def _made(mailing_list: MailingList, number: int, link: str) -> Message:
    """Return a post that is new; what else stands in its row is read if asked."""
    message = Message.from_db(connection.alias, ("id", "permalink"), (number, link))
    message.mailing_list = mailing_list
    return message


def _record(
    mailing_list: MailingList, posts: Iterable[tuple[Message | None, Pressed, str]], *, at: datetime
) -> None:
    """Write an entry about each post that is new."""
    acts = [
        Act(
            message,
            digests={"content": salted_digest(mail.content.hex(), salt)},
            url=message.get_absolute_url(),
        )
        for message, mail, salt in posts
        if message is not None
    ]
    if acts:
        record_many(
            None, "lists.archive", acts, at=at,
            scope=mailing_list.coalition.slug, title=str(mailing_list),
        )  # fmt: skip


def _there(mailing_list: MailingList, pressed: Pressed) -> Message:
    node = pressed.node
    there = known(mailing_list, [pressed])[node]
    if there != pressed.content and len(there) != identity.FORGOTTEN:
        node = as_imposter(pressed).node
    return Message.objects.select_related("mailing_list__coalition").get(
        mailing_list=mailing_list, node=node
    )
