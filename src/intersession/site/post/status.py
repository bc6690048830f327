"""How mail stands: what waits, since when, what each list last did, and what is wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min

from intersession.jobs.models import Worker
from intersession.kit import clock
from intersession.lists.queries import echoes, operating
from intersession.outbox import queries as outbox

LATE = timedelta(minutes=15)
"""How long a copy may be due before it counts as stuck."""
DAILY = timedelta(hours=26)
"""After how long the daily mail to ourselves is missed."""
WEEK = timedelta(days=7)
"""How far back posts that were never set on their way, and mail that is unread, are looked for."""
NAMED = 10
"""Alarms of a kind that are named one by one."""


@dataclass(frozen=True, slots=True)
class Letters:
    """
    The letters of the outbox: how many wait, when the first was due, how many were given up.

    `returned` are those of the last week that came back.
    """

    waiting: int
    due_at: datetime | None
    failed: int
    returned: int


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that `intersession mail status` says, DNS apart."""

    at: datetime
    queue: operating.Queue
    letters: Letters
    lists: list[operating.Last]
    held: list[operating.HeldOn]
    unread: operating.Unread
    workers: int
    echo: echoes.Echo | None
    alarms: list[str]


def status(*, at: datetime, late: timedelta = LATE) -> Status:
    """Ask the database a fixed number of questions, whatever waits there."""
    letters, workers = _letters(at=at), _workers()
    queue, echo = operating.queue(), echoes.last_echo(at=at)
    found = [
        *_nobody_works(queue, letters, workers, at=at, late=late),
        *_silence(echo, at=at),
        *alarms(at=at, late=late),
    ]
    last, held = operating.last_posts(), list(operating.held())
    unread = operating.unread(since=at - WEEK)
    return Status(at, queue, letters, last, held, unread, workers, echo, found)


def _silence(echo: echoes.Echo | None, *, at: datetime) -> list[str]:
    """Say where the mail to ourselves used to come back, and does not any more."""
    if echo is None or echo.at > at - DAILY:
        return []
    return [f"No mail to ourselves has come back since {echo.at:%F %R} UTC."]


def _letters(*, at: datetime) -> Letters:
    told = outbox.waiting().order_by().aggregate(count=Count("pk"), due=Min("due_at"))
    returned = outbox.returned(since=at - WEEK).order_by().count()
    return Letters(told["count"], told["due"], outbox.failed().order_by().count(), returned)


def _workers() -> int:
    return Worker.objects.filter(leased_until__gte=clock.steady()).count()


def _nobody_works(
    queue: operating.Queue, letters: Letters, workers: int, *, at: datetime, late: timedelta
) -> list[str]:
    found: list[str] = []
    if (queue.copies or letters.waiting) and not workers:
        found.append("Mail waits, and no worker is at work. Run `intersession worker`.")
    if (queue.copies or letters.waiting) and not settings.MAIL_HOST and not settings.DEMO:
        found.append("Mail waits, and no mail server is named. Set INTERSESSION_MAIL_HOST.")
    if letters.due_at and letters.due_at < at - late:
        found.append(f"A letter has been due since {letters.due_at:%F %R} UTC and has not left.")
    return found


def alarms(*, at: datetime, late: timedelta = LATE) -> list[str]:
    """Say what is in an archive and did not get to its readers."""
    stuck = [
        f"“{operating.subject_of(relay)}” to {operating.name_of(relay)} has been under way since "
        f"{relay.at:%F %R} UTC, and copies that are due have not left."
        for relay in operating.stuck(before=at - late)[:NAMED]
    ]
    never = [
        f"“{message.subject}” is in the archive of {message.mailing_list.name}, "
        "and was never set on its way to its readers."
        for message in operating.never_relayed(since=at - WEEK, before=at)[:NAMED]
    ]
    return stuck + never
