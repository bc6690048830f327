"""
Run on an empty database: the state of the first release, filled.

`python -m tests.site.older` prints what it wrote, as JSON: rows by table, and what
keeps commands from working on it.
"""

import json
import sys

import django

AT_FIRST = [
    ("coalitions", "0005_countries_are_with_people"),
    ("decisions", "0001_initial"),
    ("jobs", "0001_initial"),
    ("journal", "0004_checkpoint"),
    ("lists", "0001_initial"),
    ("membership", "0002_initial"),
    ("outbox", "0003_sending"),
    ("outputs", "0002_listed"),
    ("people", "0001_initial"),
    ("search", "0002_words"),
]
"""The last migration of each app in the first release."""
RAW = (
    b"From: Ada <ada@example.org>\r\nTo: talk@lists.example.org\r\nSubject: Post %d\r\n"
    b"Message-ID: <%d@example.org>\r\nDate: Sun, 1 Mar 2026 12:00:00 +0000\r\n\r\nGood day.\r\n"
)


def main() -> None:
    """Migrate to the first release, fill its tables, and tell their rows and what is wrong."""
    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from intersession.site.readiness import trouble

    executor = MigrationExecutor(connection)
    others = [key for key in executor.loader.graph.leaf_nodes() if key[0] not in OURS]
    executor.migrate([*AT_FIRST, *others])
    loader = MigrationExecutor(connection).loader
    fill(loader.project_state([*AT_FIRST, *others]).apps)
    sys.stdout.write(json.dumps([counted(connection), trouble()]))


OURS = {app for app, _name in AT_FIRST}


def counted(connection) -> dict[str, int]:
    """Count the rows of each table of ours."""
    with connection.cursor() as cursor:
        names = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.split("_")[0] in OURS and not name.startswith("search_words")
        ]
        counts = {}
        for name in names:
            cursor.execute(f'SELECT COUNT(*) FROM "{name}"')
            counts[name] = cursor.fetchone()[0]
    return counts


def fill(apps) -> None:
    """Write people, a coalition with its roll, a list with posts, a letter, and the record."""
    from intersession.journal.actions import record
    from intersession.people.testing import NOON

    person = apps.get_model("people", "Person").objects.create(
        email="ada@example.org", name="Ada", password="!", joined_at=NOON, shown=["name"]
    )
    coalition = apps.get_model("coalitions", "Coalition").objects.create(
        slug="talkers", handle="DC-TALK", name="Talkers", status="active"
    )
    member = apps.get_model("membership", "Membership").objects.create(
        person=person, coalition=coalition, kind="member", since=NOON
    )
    record(None, "membership.join", member, at=NOON, scope="talkers", title="Talkers")
    talk = apps.get_model("lists", "MailingList").objects.create(
        name="talk",
        address="talk@lists.example.org",
        title="Talk",
        coalition=coalition,
        opened_at=NOON,
        last_number=20,
    )
    post(apps, talk, NOON)
    record(None, "lists.open_list", talk, at=NOON, scope="talkers", title="Talk")
    apps.get_model("outbox", "Letter").objects.create(
        to="ada@example.org", kind="people.code", subject="Code", body="x", reason="y",
        written_at=NOON, due_at=NOON,
    )  # fmt: skip


def post(apps, talk, at) -> None:
    """Write twenty posts, each a thread of its own, as the first release kept them."""
    from intersession.lists.formats.pressing import press

    lists = {name: apps.get_model("lists", name) for name in ("Author", "Thread", "Message")}
    author = lists["Author"].objects.create(address="ada@example.org", name="Ada")
    for number in range(1, 21):
        made = press(RAW % (number, number), "", at)
        thread = lists["Thread"].objects.create(
            mailing_list=talk, permalink=made.permalink, subject=made.subject, first_at=at,
            last_at=at,
        )  # fmt: skip
        message = lists["Message"].objects.create(
            mailing_list=talk, number=number, node=made.node, permalink=made.permalink,
            thread=thread, author=author, at=at, name="Ada", subject=made.subject,
            message_id=made.message_id, size=made.size, content_hash=made.content, references=b"",
        )  # fmt: skip
        apps.get_model("lists", "Content").objects.create(
            message=message, fragment=made.fragment, raw=made.raw
        )
    apps.get_model("lists", "Month").objects.create(
        mailing_list=talk, first_day=at.date().replace(day=1), messages=20
    )


if __name__ == "__main__":
    main()
