"""
The two questions of every thread and message page, as SQL written once.

Composing them from models takes ten times as long as the database takes to answer, on pages that
are to be there in a few milliseconds. The models' own names are used; tests read the pages on both
databases.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from intersession.coalitions.models import Coalition
from intersession.kit.moments import stored
from intersession.lists.models import Content, MailingList, Message, Thread


def _fields(model: type[Model], *left_out: str) -> tuple[str, ...]:
    """Name a model's columns in its own order, in which `from_db` takes their values."""
    names = (field.attname for field in model._meta.concrete_fields)
    return tuple(name for name in names if name not in left_out)


def _only(model: type[Model], *wanted: str) -> tuple[str, ...]:
    return tuple(name for name in _fields(model) if name in wanted)


PARTS: Sequence[tuple[str, type[Model], tuple[str, ...]]] = (
    ("m", Message, _fields(Message, "run_id", "content_hash", "references")),
    ("t", Thread, _fields(Thread)),
    ("l", MailingList, _fields(MailingList)),
    ("c", Coalition, _only(Coalition, "id", "slug", "name", "body")),
    ("b", Content, _only(Content, "message_id", "fragment")),
)
"""What of which table is read; the rest is loaded if it is touched."""

FOUND = f"""
SELECT {", ".join(f'{table}."{name}"' for table, _, names in PARTS for name in names)}
FROM lists_mailinglist l
JOIN lists_message m ON m.mailing_list_id = l.id
JOIN lists_thread t ON t.id = m.thread_id
JOIN coalitions_coalition c ON c.id = l.coalition_id
JOIN lists_content b ON b.message_id = m.id
WHERE l.name = %s AND NOT l.is_probe AND m.node = %s AND m.permalink = %s
"""  # noqa: S608 (names of columns, written above)

POSTED = """
SELECT m.id, m.number, m.permalink, m.parent_id, m.author_id, m.name, m.subject, m.at, m.language,
  m.message_id, m.files, b.fragment
FROM lists_message m JOIN lists_content b ON b.message_id = m.id
WHERE m.thread_id = %s{since}{until}
ORDER BY m.at, m.id
"""

type Start = tuple[datetime, int]


def moment(value: datetime) -> datetime:
    """Read a moment as the database gives it: SQLite keeps UTC without saying so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _asked(sql: str, values: Sequence[Any]) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Sequence[Any]] = cursor.fetchall()
    return rows


def _made(row: Sequence[Any]) -> list[Any]:
    """Make the models of a row."""
    made, place = [], 0
    for _, model, names in PARTS:
        values = [
            moment(value) if name.endswith("at") and value else value
            for name, value in zip(names, row[place : place + len(names)], strict=True)
        ]
        made.append(model.from_db(connection.alias, names, values))
        place += len(names)
    return made


def message(name: str, node: int, permalink: str) -> Message | None:
    """Return a message with its thread, list, coalition and content, or None."""
    rows = _asked(FOUND, [name, node, permalink])
    if not rows:
        return None
    found: Message
    found, found.thread, found.mailing_list, coalition, content = _made(rows[0])
    found.mailing_list.coalition = coalition
    found.thread.mailing_list = found.mailing_list
    found.content = content
    return found


def posted(thread: int, since: Start | None, until: Start | None) -> list[Sequence[Any]]:
    """Return the rows of a thread's messages between two places, in their order."""
    values: list[Any] = [thread]
    for place in filter(None, (since, until)):
        values += [stored(place[0]), place[1]]
    sql = POSTED.format(
        since=" AND (m.at, m.id) >= (%s, %s)" if since else "",
        until=" AND (m.at, m.id) < (%s, %s)" if until else "",
    )
    return [(*row[:7], moment(row[7]), *row[8:]) for row in _asked(sql, values)]
