"""Catching up: what a list said since a day, by thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from intersession.kit.paging import Part
from intersession.lists.models import MailingList, Message
from intersession.lists.queries.pages import Row, threads_since

MOST = 1_000
"""Messages that are counted; of more it is said that there are more."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A thread with new messages: how many, and the address of the first of them."""

    row: Row
    count: int
    first: str

    @property
    def is_new(self) -> bool:
        """Whether the whole thread is new."""
        return self.count == self.row.count


def since(mailing_list: MailingList, moment: datetime, after: str = "") -> Part[Fresh]:
    """Return the threads with messages since a moment, the one answered last first."""
    part = threads_since(mailing_list, moment, after)
    new = _new_in([row.pk for row in part.items], moment)
    fresh = [
        Fresh(row, count, first)
        for row in part.items
        for first, count in [new.get(row.pk, ("", 0))]
        if count
    ]
    return Part(fresh, earlier=part.earlier)


def _new_in(threads: list[int], moment: datetime) -> dict[int, tuple[str, int]]:
    by_thread: Any = {"partition_by": F("thread")}
    new: Any = (
        Message.objects.filter(thread__in=threads, at__gte=moment)
        .annotate(
            place=Window(RowNumber(), order_by=[F("at").asc(), F("pk").asc()], **by_thread),
            new=Window(Count("pk"), **by_thread),
        )
        .filter(place=1)
        .values_list("thread", "permalink", "new")
    )
    return {thread: (permalink, count) for thread, permalink, count in new}


def count_since(mailing_list: MailingList, moment: datetime) -> int:
    """Count the messages since a moment, up to one more than MOST."""
    messages = Message.objects.filter(mailing_list=mailing_list, at__gte=moment)
    return messages.order_by("at", "pk")[: MOST + 1].count()
