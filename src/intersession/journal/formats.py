"""The record as others read it: one line of JSON an entry."""

from typing import Any

from intersession.journal import rules
from intersession.journal.models import Checkpoint, Entry


def body(entry: Entry) -> dict[str, Any]:
    """Return what is hashed of an entry."""
    return rules.body(
        number=entry.number, at=entry.at, actor=entry.actor_id, verb=entry.verb, thing=entry.thing,
        scope=entry.scope, title=entry.title, url=entry.url, facts=entry.facts,
        digests=entry.digests,
    )  # fmt: skip


def line(entry: Entry) -> str:
    """
    Write an entry as one line, in the form that `verify.py` reads fastest.

    A private entry shows nothing but the hash of its body.
    """
    ends = f'"hash":"{entry.hash}","number":{entry.number},"previous":"{entry.previous_hash}"}}\n'
    if entry.is_public:
        return f'{{"body":{rules.canonical(body(entry)).decode()},{ends}'
    return f'{{"body_hash":"{entry.body_hash}",{ends}'


def checkpoint_line(point: Checkpoint) -> str:
    """Write a checkpoint as one line of JSON."""
    values = {"count": point.count, "hash": point.hash, "at": rules.moment(point.at)}
    return rules.canonical(values).decode() + "\n"
