"""The only writer of the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Model

from intersession.journal import rules
from intersession.journal.events import CheckpointTaken
from intersession.journal.models import Checkpoint, Entry
from intersession.kit.facts import publish
from intersession.kit.inserting import insert, write
from intersession.kit.prepared import each, prepared

# Plain SQL: these two run with every act, and the ORM would double the cost of an entry.
READ = "SELECT count, hash FROM journal_head WHERE id = 1"
LOCK = f"{READ} FOR UPDATE"
STEP = "UPDATE journal_head SET count = %s, hash = %s WHERE id = 1"


@dataclass(frozen=True, slots=True)
class Act:
    """One of many acts of a kind: the thing, and what its entry says of it (`record`)."""

    thing: Model
    facts: Mapping[str, Any] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    """Where the thing stands, unless all of them stand at one place."""


@transaction.atomic(savepoint=False)
def record(
    actor: AbstractBaseUser | None,
    verb: str,
    thing: Model,
    *,
    at: datetime,
    scope: str = "",
    title: str = "",
    url: str = "",
    facts: Mapping[str, Any] | None = None,
    digests: Mapping[str, str] | None = None,
    private: bool = False,
) -> Entry:
    """
    Write one entry and link it to the one before, while the head row is locked.

    `verb` is `<app>.<verb>`; `scope` the slug of the coalition; `title` and `url` name the thing
    for readers; `facts` are public, not personal values; `digests` salted digests of personal
    content, whose salt is kept beside the content. `actor` None is the platform itself.
    Raises ValueError on a fraction among the facts, TypeError on what is no JSON.
    """
    count, previous = _locked_head()
    act = Act(thing, facts or {}, digests or {})
    entry = _linked(
        count + 1, previous, actor, verb, act,
        at=at, scope=scope, title=title, url=url, private=private,
    )  # fmt: skip
    insert(entry)
    each(STEP, [(entry.number, entry.hash)])
    return entry


@transaction.atomic(savepoint=False)
def record_many(
    actor: AbstractBaseUser | None,
    verb: str,
    acts: Iterable[Act],
    *,
    at: datetime,
    scope: str = "",
    title: str = "",
    url: str = "",
    private: bool = False,
) -> int:
    """
    Write an entry for each of many acts of one kind, and return how many: a bulk path.

    The head row is locked once; the entries are linked one to the other as `record` links them.
    """
    count, previous = _locked_head()
    entries: list[Entry] = []
    for act in acts:
        entries.append(
            _linked(
                count + len(entries) + 1, entries[-1].hash if entries else previous, actor, verb,
                act, at=at, scope=scope, title=title, url=url, private=private,
            )
        )  # fmt: skip
    write(*entries)
    # One step each: a trigger lets the head move no other way.
    each(STEP, [(entry.number, entry.hash) for entry in entries])
    return len(entries)


def _linked(
    number: int, previous: str, actor: AbstractBaseUser | None, verb: str, act: Act, *,
    at: datetime, scope: str, title: str, url: str, private: bool,
) -> Entry:  # fmt: skip
    body = rules.body(
        number=number, at=at, actor=actor.pk if actor else None, verb=verb,
        thing=f"{act.thing._meta.label_lower}:{act.thing.pk}", scope=scope, title=title[:300],
        url=act.url or url, facts=rules.plain(act.facts), digests=rules.plain(act.digests),
    )  # fmt: skip
    salt = token_hex(16) if private else ""
    hashed = rules.body_hash(body, salt)
    return Entry(
        **{**body, "at": at, "actor": actor},
        is_public=not private,
        salt=salt,
        body_hash=hashed,
        previous_hash=previous,
        hash=rules.link(previous, hashed),
    )


@transaction.atomic
def checkpoint(*, at: datetime) -> Checkpoint:
    """
    Keep how the record stands, so that nobody can later rewrite what came before.

    The platform does so every day; the entry about it is the first that it does not cover.
    """
    count, head = _locked_head()
    point = Checkpoint.objects.create(count=count, hash=head, at=at)
    record(
        None, "journal.checkpoint", point, at=at, title=str(point),
        facts={"count": point.count, "hash": point.hash},
    )  # fmt: skip
    publish(CheckpointTaken(point.pk, at))
    return point


def _locked_head() -> tuple[int, str]:
    """
    Return the count and the last hash, and let no other entry be linked until we commit.

    SQLite locks by its immediate transactions; PostgreSQL by the row.
    """
    with prepared() as cursor:
        cursor.execute(LOCK if connection.features.has_select_for_update else READ)
        count, head = cursor.fetchone()
    return count, head
