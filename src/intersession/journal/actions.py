"""The only writer of the record."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Model

from intersession.journal import rules
from intersession.journal.models import Entry, Head


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
    head = Head.objects.select_for_update().get(pk=1)
    body = rules.body(
        number=head.count + 1, at=at, actor=actor.pk if actor else None, verb=verb,
        thing=f"{thing._meta.label_lower}:{thing.pk}", scope=scope, title=title[:300], url=url,
        facts=rules.plain(facts or {}), digests=rules.plain(digests or {}),
    )  # fmt: skip
    salt = token_hex(16) if private else ""
    hashed = rules.body_hash(body, salt)
    linked = rules.link(head.hash, hashed)
    entry = Entry(
        **{**body, "at": at, "actor": actor},
        is_public=not private,
        salt=salt,
        body_hash=hashed,
        previous_hash=head.hash,
        hash=linked,
    )
    entry.save(force_insert=True)
    Head.objects.filter(pk=1).update(count=entry.number, hash=linked)
    return entry
