"""What the page of one coalition shows, gathered from every app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from intersession.coalitions.models import Coalition, FormerName, Seat, Theme
from intersession.coalitions.permissions import may_confirm_page, may_edit_page
from intersession.coalitions.queries import in_office
from intersession.coalitions.states import Office
from intersession.journal import queries as record
from intersession.kit.answers import Answer
from intersession.kit.composed import Composed
from intersession.lists.models import MailingList, Thread
from intersession.membership.permissions import may_join, may_leave
from intersession.membership.queries import Roll, roll_in_numbers
from intersession.outputs.models import ListedOutput, Publication, Uptake
from intersession.outputs.queries.known import known, uptake_of
from intersession.outputs.queries.library import Wanted, published
from intersession.people.models import Person
from intersession.people.states import Group, Region
from intersession.site.open_work import Drawn, drawn, of, open_work
from intersession.site.reading import Reading, reading

THREADS, LINES = 5, 8

THEMES = Composed(lambda coalition: Theme.objects.filter(coalitions=coalition))
FORMER = Composed(lambda coalition: FormerName.objects.filter(coalition=coalition))
ARCHIVE = Composed(lambda coalition: MailingList.objects.filter(coalition=coalition)[:1])
LATEST = Composed(
    lambda archive: Thread.objects.filter(mailing_list=archive).order_by("-last_at", "-id")[
        :THREADS
    ]
)
SEATS = Composed(
    lambda coalition, at: (
        in_office(coalition, at=at).select_related("person").order_by("since", "pk")
    )
)
RECORD = Composed(lambda slug: record.of(slug)[:LINES])
PUBLISHED = Composed(
    lambda slug: published(Wanted(coalition=slug)).defer("version__text").order_by("-pk")[:THREADS]
)
KNOWN = Composed(lambda slug: known(coalition=slug))
UPTAKE = Composed(uptake_of)


@dataclass(frozen=True, slots=True)
class Described:
    """How many members described themselves so; None is fewer than five."""

    label: Any
    count: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview of one coalition."""

    coalition: Coalition
    themes: Sequence[Theme]
    former_names: Sequence[FormerName]
    may_join: Answer
    may_leave: Answer
    may_edit: Answer
    may_confirm: Answer
    work: Sequence[Drawn]
    archive: MailingList | None
    threads: Sequence[Thread]
    seats: Sequence[Seat]
    roll: Roll
    lines: Sequence[Reading]
    published: Sequence[Publication]
    known: Sequence[ListedOutput]
    uptake: Sequence[Uptake]


def overview(coalition: Coalition, person: Person | None, *, at: datetime) -> Overview:
    """Gather the overview with a fixed number of queries."""
    archive = next(iter(ARCHIVE(coalition=coalition.pk)), None)
    return Overview(
        coalition=coalition,
        themes=THEMES(coalition=coalition.pk),
        former_names=FORMER(coalition=coalition.pk),
        may_join=may_join(person, coalition, at=at),
        may_leave=may_leave(person, coalition, at=at),
        may_edit=may_edit_page(person, coalition, at=at),
        may_confirm=may_confirm_page(person, coalition, at=at),
        work=drawn(of(coalition.pk, open_work(at)), at),
        archive=archive,
        threads=_threads(archive),
        seats=seats(coalition, at=at),
        roll=roll_in_numbers(coalition, at=at),
        lines=[reading(entry) for entry in RECORD(slug=coalition.slug)],
        published=PUBLISHED(slug=coalition.slug),
        known=KNOWN(slug=coalition.slug),
        uptake=UPTAKE(coalition=coalition.pk),
    )


def seats(coalition: Coalition, *, at: datetime) -> Sequence[Seat]:
    """Return who holds which office now, the oldest first."""
    return SEATS(coalition=coalition.pk, at=at)


def vacant(
    coalition: Coalition, held: Sequence[Seat], *, at: datetime
) -> list[tuple[Any, datetime]]:
    """Return the offices that somebody left and nobody holds, each with the day it fell vacant."""
    ended = Seat.objects.filter(coalition=coalition, until__lte=at)
    left = dict(ended.values_list("office").annotate(Max("until")))
    taken = {seat.office for seat in held}
    return [(Office(o).label, left[o]) for o in Office.values if o in left and o not in taken]


def described(roll: Roll) -> tuple[list[Described], list[Described]]:
    """Name the groups and regions of a roll in the reader's language."""
    groups = [Described(Group(share.value).label, share.count) for share in roll.groups]
    regions = [Described(Region(share.value).label, share.count) for share in roll.regions]
    return groups, regions


def _threads(archive: MailingList | None) -> Sequence[Thread]:
    if archive is None:
        return []
    threads = LATEST(archive=archive.pk)
    for thread in threads:
        thread.mailing_list = archive
    return threads
