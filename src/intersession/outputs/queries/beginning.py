"""How a draft may begin: from a discussion on the coalition's list, or from nothing."""

from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection
from django.db.models import Prefetch

from intersession.coalitions.models import Coalition
from intersession.kit.composed import Composed
from intersession.kit.words import day
from intersession.lists.models import Message, Thread
from intersession.lists.queries import thread_texts
from intersession.outputs.models import Output, Publication, Version
from intersession.outputs.rules.reference import cited

MOST_MESSAGES = 40
MOST_CHARACTERS = 60_000


@dataclass(frozen=True, slots=True)
class Beginning:
    """A proposed title and text, and the discussion they come from."""

    title: str = ""
    text: str = ""
    thread: Thread | None = None
    origin: Message | None = None


def beginning(coalition: Coalition, thread: str) -> Beginning:
    """Propose the start of a draft: what was said in a thread (by number), oldest first."""
    found = (
        Thread.objects.filter(mailing_list__coalition=coalition, pk=int(thread))
        .select_related("mailing_list")
        .first()
        if thread.isdecimal() and len(thread) < 12
        else None
    )
    if found is None:
        return Beginning()
    first = found.messages.select_related("mailing_list").order_by("at", "pk").first()
    return Beginning(_plain(found.subject), _said_in(found), found, first)


CALLED = Version.objects.exclude(call=None).select_related("call").defer("text", "removed")


@dataclass(frozen=True, slots=True)
class Came:
    """One thing that came of a discussion: a draft, a call on it, a published version."""

    kind: Literal["draft", "call", "published"]
    name: str
    url: str


BEGUN = Composed(
    lambda thread: (
        Output.objects.filter(origin__thread=thread)
        .prefetch_related(Prefetch("versions", CALLED, to_attr="called"), "publications")
        .order_by("pk")
    )
)
"""The works that began from a discussion; every page of a thread asks."""


BEGUN_FROM = Composed(
    lambda message: (
        Output.objects.filter(origin=message)
        .prefetch_related(Prefetch("versions", CALLED, to_attr="called"), "publications")
        .order_by("pk")
    )
)
"""The works that began from one message; every page of a message asks."""

BEGAN_IN = """
SELECT 1 FROM lists_message m JOIN outputs_output o ON o.origin_id = m.id
WHERE m.thread_id = %s LIMIT 1
"""
BEGAN_FROM = "SELECT 1 FROM outputs_output WHERE origin_id = %s LIMIT 1"


def begun_from(message: Message) -> list[Came]:
    """Return what came of a message: each work with its calls and published versions."""
    if not _has(BEGAN_FROM, message.pk):
        return []
    return [came for work in BEGUN_FROM(message=message.pk) for came in _came_of(work)]


def begun_in(thread: Thread) -> list[Came]:
    """Return what came of a discussion: each work with its calls and published versions."""
    if not _has(BEGAN_IN, thread.pk):
        return []
    return [came for work in BEGUN(thread=thread.pk) for came in _came_of(work)]


def _has(sql: str, key: int) -> bool:
    """Ask by one look into an index: of nearly all that is written nothing has come."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        return cursor.fetchone() is not None


def _came_of(work: Any) -> list[Came]:
    calls = {version.call.pk: version.call for version in work.called}
    return [
        Came("draft", work.title, work.draft_url()),
        *(Came("call", call.reference, call.get_absolute_url()) for call in calls.values()),
        *(_published(work, one) for one in work.publications.all()),
    ]


def _published(work: Output, one: Publication) -> Came:
    one.output = work
    return Came("published", cited(work.reference, one.number), one.get_absolute_url())


def _plain(subject: str) -> str:
    """Return a subject without its reply marks."""
    while subject[:3].lower() == "re:":
        subject = subject[3:].strip()
    return subject[:200]


def _said_in(thread: Thread) -> str:
    parts: list[str] = []
    size = 0
    for count, said in enumerate(thread_texts(thread)):
        words = "\n".join(
            line for line in said.text.splitlines() if not line.lstrip().startswith(">")
        )
        part = f"*{said.author}, {day(said.at)}:*\n\n{words.strip()}\n"
        size += len(part)
        if count >= MOST_MESSAGES or size > MOST_CHARACTERS:
            break
        parts.append(part)
    return "\n".join(parts)
