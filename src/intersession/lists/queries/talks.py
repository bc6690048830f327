"""One thread, cut into parts; one message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from zlib import decompress

from intersession.lists.models import Attachment, Message, Thread
from intersession.lists.queries import rows
from intersession.lists.queries.rows import Start
from intersession.lists.rules import identity
from intersession.lists.rules.ordering import by_answers, cut

ROOM = 34_000
"""Bytes of rendered text in a part, so that a page with its frame and its tree is under 50 kB."""
AROUND = 900
"""Bytes that a message takes beside its text: its head, its place in the tree, its links."""
FEW = 24
"""Threads of so many messages are read whole before they are cut."""
CHUNK = 100


@dataclass(frozen=True, slots=True)
class Post:
    """A message as a thread's page shows it; `html` still has its marks (`rules.rendering`)."""

    pk: int
    number: int
    permalink: str
    parent: int | None
    author: int
    name: str
    subject: str
    at: datetime
    language: str
    message_id: str
    files: int
    html: str


_POST = (
    "pk", "number", "permalink", "parent_id", "author_id", "name", "subject", "at", "language",
    "message_id", "files", "content__fragment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Talk:
    """
    One part of a thread. `number` counts from 1 to `parts`.

    `depths` says how deep each message answers, where they stand by answers and not by date.
    """

    posts: Sequence[Post]
    number: int
    parts: int
    depths: Mapping[int, int] = field(default_factory=dict)


def at_permalink(name: str, permalink: str) -> Message | None:
    """Return the message of a permalink with its thread, list, coalition and content, or None."""
    if not identity.is_permalink(permalink):
        return None
    return rows.message(name, identity.node(permalink), permalink)


def _posts(thread: Thread, since: Start | None = None, until: Start | None = None) -> list[Post]:
    return [_post(row) for row in rows.posted(thread.pk, since, until)]


def _post(row: Sequence[Any]) -> Post:
    html = decompress(row[-1]).decode() if row[-1] else ""
    return Post(*(*row[:-1], html))


def _starts(sizes: Sequence[tuple[datetime, int, int]]) -> tuple[Start, ...]:
    """Say where each part begins: a part is full before it would grow over ROOM."""
    starts: list[Start] = []
    room = 0
    for at, pk, size in sizes:
        if not starts or room < size + AROUND:
            starts.append((at, pk))
            room = ROOM
        room -= size + AROUND
    return tuple(starts)


@lru_cache(maxsize=2_000)
def _starts_of(thread: int, count: int, last_at: datetime, edition: int) -> tuple[Start, ...]:
    """Read the sizes of a long thread once; it is kept until the thread grows."""
    messages: Any = Message.objects.filter(thread=thread).order_by("at", "pk")
    found = messages.values_list("at", "pk", "content__fragment").iterator(CHUNK)
    return _starts([(at, pk, len(decompress(packed or b""))) for at, pk, packed in found])


def talk(thread: Thread, number: int) -> Talk | None:
    """Return a part of a thread, None where it has not so many."""
    if thread.count <= FEW:
        posts = _posts(thread)
        starts = _starts([(post.at, post.pk, len(post.html)) for post in posts])
        if not 1 <= number <= len(starts):
            return None
        first, end = _bounds(starts, number)
        inside = [p for p in posts if (p.at, p.pk) >= first and (end is None or (p.at, p.pk) < end)]
        return Talk(inside, number, len(starts))
    starts = _starts_of(thread.pk, thread.count, thread.last_at, thread.edition)
    if not 1 <= number <= len(starts):
        return None
    return Talk(_posts(thread, *_bounds(starts, number)), number, len(starts))


@lru_cache(maxsize=500)
def _places_of(
    thread: int, count: int, last_at: datetime, edition: int
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Read who answers whom in a thread once: its parts by answers, as (message, depth)."""
    messages: Any = Message.objects.filter(thread=thread).order_by("at", "pk")
    found = messages.values_list("pk", "parent_id", "content__fragment").iterator(CHUNK)
    sizes: dict[int, int] = {}
    pairs: list[tuple[int, int | None]] = []
    for pk, parent, packed in found:
        sizes[pk] = len(decompress(packed or b""))
        pairs.append((pk, parent))
    ordered = [((pk, depth), sizes[pk]) for pk, depth in by_answers(pairs)]
    return tuple(map(tuple, cut(ordered, ROOM, AROUND)))


def talk_by_answers(thread: Thread, number: int) -> Talk | None:
    """Return a part of a thread, each message below the one it answers; None where it has none."""
    parts = _places_of(thread.pk, thread.count, thread.last_at, thread.edition)
    if not 1 <= number <= len(parts):
        return None
    depths = dict(parts[number - 1])
    messages: Any = Message.objects.filter(pk__in=depths)
    found = {row[0]: _post(row) for row in messages.values_list(*_POST)}
    return Talk([found[pk] for pk in depths if pk in found], number, len(parts), depths)


def _bounds(starts: Sequence[Start], number: int) -> tuple[Start, Start | None]:
    return starts[number - 1], starts[number] if number < len(starts) else None


def part_with(message: Message) -> int:
    """Return the number of the part of its thread that holds a message."""
    thread = message.thread
    starts = _starts_of(thread.pk, thread.count, thread.last_at, thread.edition)
    return sum(1 for start in starts if start <= (message.at, message.pk)) or 1


def whole(thread: Thread) -> Iterator[Post]:
    """Give every message of a thread, a few at a time."""
    messages: Any = Message.objects.filter(thread=thread).order_by("at", "pk")
    for row in messages.values_list(*_POST).iterator(CHUNK):
        yield _post(row)


def files_of(posts: Sequence[Post]) -> dict[int, list[Attachment]]:
    """Return the files of these messages, by message; asks only where there are some."""
    wanted = [post.pk for post in posts if post.files]
    found: dict[int, list[Attachment]] = {}
    if wanted:
        for attached in Attachment.objects.filter(message__in=wanted).order_by("position"):
            found.setdefault(attached.message_id, []).append(attached)
    return found


def post_of(message: Message) -> Post:
    """Return one message, loaded with its content, as its page shows it."""
    values = [getattr(message, name) for name in _POST[:-1]]
    return _post([*values, message.content.fragment])
