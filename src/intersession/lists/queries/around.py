"""What stands around a message: its neighbours in the thread, and its copies on other lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from intersession.kit.moments import stored
from intersession.lists.models import Message

AROUND = """
SELECT * FROM (SELECT 'before', m.permalink, m.name, '', '' FROM lists_message m
  WHERE m.thread_id = %s AND (m.at, m.id) < (%s, %s) ORDER BY m.at DESC, m.id DESC LIMIT 1) b
UNION ALL
SELECT * FROM (SELECT 'after', m.permalink, m.name, '', '' FROM lists_message m
  WHERE m.thread_id = %s AND (m.at, m.id) > (%s, %s) ORDER BY m.at, m.id LIMIT 1) a
UNION ALL
SELECT 'copy', m.permalink, m.name, l.name, l.title FROM lists_mailinglist l
  CROSS JOIN lists_message m
  WHERE m.mailing_list_id = l.id AND m.node = %s AND l.id <> %s AND m.permalink = %s
"""
"""SQLite keeps the order of a CROSS JOIN: list by list by an index, never all messages."""


@dataclass(frozen=True, slots=True)
class Near:
    """A message beside this one: where it is, and who wrote it."""

    permalink: str
    name: str


@dataclass(frozen=True, slots=True)
class Copy:
    """The same message on another list."""

    permalink: str
    list: str
    title: str


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a message; `copies` are the other lists it was sent to."""

    before: Near | None = None
    after: Near | None = None
    copies: Sequence[Copy] = ()


def around(message: Message) -> Around:
    """Find the message before and after this one in its thread, and its copies, by one question."""
    at = stored(message.at)
    place: list[Any] = [message.thread_id, at, message.pk]
    with connection.cursor() as cursor:
        other: list[Any] = [message.node, message.mailing_list_id, message.permalink]
        cursor.execute(AROUND, [*place, *place, *other])
        found = cursor.fetchall()
    near = {kind: Near(link, name) for kind, link, name, _, _ in found if kind != "copy"}
    copies = [Copy(link, name, title) for kind, link, _, name, title in found if kind == "copy"]
    return Around(near.get("before"), near.get("after"), copies)
