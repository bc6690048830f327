"""Lists of lists, threads and messages, a part at a time, by key."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from intersession.kit.composed import Composed
from intersession.kit.paging import Part, moment_and_number, to_key
from intersession.lists.models import Author, MailingList, Message, Month, Thread
from intersession.lists.rules.traffic import Traffic, months_until, traffic

PART = 40
"""Rows of a part."""


@dataclass(frozen=True, slots=True)
class Row:
    """A thread in a list of threads."""

    pk: int
    permalink: str
    subject: str
    first_at: datetime
    last_at: datetime
    count: int
    participants: int


@dataclass(frozen=True, slots=True)
class Line:
    """A message in a list of messages."""

    pk: int
    permalink: str
    subject: str
    name: str
    at: datetime
    language: str


_ROW = ("pk", "permalink", "subject", "first_at", "last_at", "count", "participants")
_LINE = ("pk", "permalink", "subject", "name", "at", "language")


def all_lists() -> QuerySet[MailingList]:
    """Return every list with its coalition and `latest_at`, when its last message was written."""
    latest = Thread.objects.filter(mailing_list=OuterRef("pk")).order_by("-last_at", "-pk")
    return (
        MailingList.objects.select_related("coalition")
        .annotate(latest_at=Subquery(latest.values("last_at")[:1]))
        .order_by("title", "pk")
    )


def _key(at: datetime, pk: int) -> str:
    return to_key(at.isoformat(), pk)


def latest_threads(mailing_list: MailingList, after: str = "") -> Part[Row]:
    """Return threads of a list, the one that was answered last first."""
    return _latest(Thread.objects.filter(mailing_list=mailing_list), after)


def _latest(found: QuerySet[Thread], after: str) -> Part[Row]:
    threads = found.order_by("-last_at", "-pk")
    if place := moment_and_number(after):
        at, pk = place
        threads = threads.filter(last_at__lte=at).exclude(last_at=at, pk__gte=pk)
    rows = [Row(*values) for values in threads.values_list(*_ROW)[: PART + 1]]
    last = rows[PART - 1] if len(rows) > PART else None
    return Part(rows[:PART], earlier=_key(last.last_at, last.pk) if last else "")


def threads_since(mailing_list: MailingList, moment: datetime, after: str = "") -> Part[Row]:
    """Return the threads of a list with messages since a moment, answered last first."""
    return _latest(Thread.objects.filter(mailing_list=mailing_list, last_at__gte=moment), after)


def begun_between(
    mailing_list: MailingList, since: datetime, until: datetime, after: str = ""
) -> Part[Row]:
    """Return threads of a list that began in a time, in their order."""
    threads = Thread.objects.filter(
        mailing_list=mailing_list, first_at__gte=since, first_at__lt=until
    ).order_by("first_at", "pk")
    if place := moment_and_number(after):
        at, pk = place
        threads = threads.filter(first_at__gte=at).exclude(first_at=at, pk__lte=pk)
    rows = [Row(*values) for values in threads.values_list(*_ROW)[: PART + 1]]
    last = rows[PART - 1] if len(rows) > PART else None
    return Part(rows[:PART], later=_key(last.first_at, last.pk) if last else "")


def written_by(mailing_list: MailingList, author: Author, after: str = "") -> Part[Line]:
    """Return what an author wrote to a list, newest first."""
    messages = Message.objects.filter(mailing_list=mailing_list, author=author)
    if place := moment_and_number(after):
        at, pk = place
        messages = messages.filter(at__lte=at).exclude(at=at, pk__gte=pk)
    found = messages.order_by("-at", "-pk").values_list(*_LINE)[: PART + 1]
    lines = [Line(*values) for values in found]
    last = lines[PART - 1] if len(lines) > PART else None
    return Part(lines[:PART], earlier=_key(last.at, last.pk) if last else "")


def months_of(mailing_list: MailingList) -> Sequence[tuple[date, int]]:
    """Return the months of a list that hold messages, newest first, with how many."""
    rows: Any = Month.objects.filter(mailing_list=mailing_list).order_by("-first_day")
    return list(rows.values_list("first_day", "messages"))


TRAFFIC: Composed[tuple[int, date, int]] = Composed(
    lambda since: Month.objects.filter(first_day__gte=since).values_list(
        "mailing_list", "first_day", "messages"
    )
)


def traffic_of_lists(*, at: datetime) -> dict[int, Traffic]:
    """Return the last twelve months of every list that had a message in them, by its key."""
    today = at.astimezone(UTC).date()
    found: defaultdict[int, dict[date, int]] = defaultdict(dict)
    for mailing_list, first_day, messages in TRAFFIC(since=months_until(today)[0]):
        found[mailing_list][first_day] = messages
    return {pk: traffic(months, today) for pk, months in found.items()}


def newest(mailing_list: MailingList, number: int) -> QuerySet[Message]:
    """Return the newest messages of a list with their content, for its feed."""
    messages = Message.objects.filter(mailing_list=mailing_list).order_by("-at", "-pk")
    return messages.select_related("content")[:number]
