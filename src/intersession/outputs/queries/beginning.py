"""How a draft may begin: from a discussion on the coalition's list, or from nothing."""

from dataclasses import dataclass

from intersession.coalitions.models import Coalition
from intersession.kit.composed import Composed
from intersession.kit.words import day
from intersession.lists.models import Message, Thread
from intersession.lists.queries import thread_texts
from intersession.outputs.models import Output

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


BEGUN: Composed[tuple[str, str]] = Composed(
    lambda thread: (
        Output.objects.filter(origin__thread=thread)
        .order_by("pk")
        .values_list("reference", "title")
    )
)
"""The works that began from a discussion; every page of a thread asks."""


def begun_in(thread: Thread) -> list[tuple[str, str]]:
    """Return the reference and title of each work that began from a discussion."""
    return BEGUN(thread=thread.pk)


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
