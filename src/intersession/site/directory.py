"""The directory: every coalition with what is open in it and what its list does."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from intersession.coalitions import queries as coalitions
from intersession.coalitions.models import Coalition
from intersession.coalitions.rules import Listed, Wanted, folded
from intersession.coalitions.states import Status
from intersession.kit.composed import Composed
from intersession.lists.models import MailingList, Thread
from intersession.lists.queries.pages import traffic_of_lists
from intersession.lists.rules.traffic import Traffic
from intersession.membership.queries import groups_shown
from intersession.people.models import Person
from intersession.people.states import Group
from intersession.site.open_work import open_work

UNSHOWN = (
    "status_basis",
    "recognition_note",
    "governance_note",
    "support_note",
    "links",
    "sources",
    "seed",
)
"""What a row of the directory does not show of a coalition, and so does not read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One coalition of the directory; `archive` is its list here, None where it is elsewhere."""

    coalition: Coalition
    listed: Listed
    open_count: int
    archive: MailingList | None
    traffic: Traffic | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter, with how many coalitions it has."""

    value: str
    label: Any
    count: int


@dataclass(frozen=True, slots=True)
class Directory:
    """What the page shows."""

    rows: Sequence[Row]
    total: int
    statuses: Sequence[Choice]
    themes: Sequence[Choice]
    groups: Sequence[Choice]
    open_count: int


def directory(person: Person | None, wanted: Wanted, *, at: datetime) -> Directory:
    """Read the register once, and keep the coalitions that the reader looks for."""
    rows = _rows(person, at)
    names = {t.code: t.name for row in rows for t in row.coalition.themes.all()}
    themes = Counter(code for row in rows for code in row.listed.themes)
    groups = Counter(group for row in rows for group in row.listed.groups)
    statuses = Counter(row.listed.status for row in rows)
    return Directory(
        rows=[row for row in rows if wanted.takes(row.listed)],
        total=len(rows),
        statuses=[Choice(s.value, s.label, statuses[s]) for s in Status if statuses[s]],
        themes=[Choice(c, n, themes[c]) for c, n in sorted(names.items(), key=lambda t: t[1])],
        groups=[Choice(g.value, g.label, groups[g]) for g in Group if groups[g]],
        open_count=sum(row.listed.is_open for row in rows),
    )


def _rows(person: Person | None, at: datetime) -> list[Row]:
    opened = Counter(work.coalition for work in open_work(at))
    groups = groups_shown(at=at)
    archives = {archive.coalition_id: archive for archive in ARCHIVES()}
    traffic = traffic_of_lists(at=at)
    return [
        Row(
            coalition=coalition,
            listed=_listed(coalition, groups.get(coalition.pk, frozenset()), opened[coalition.pk]),
            open_count=opened[coalition.pk],
            archive=archives.get(coalition.pk),
            traffic=_traffic(archives.get(coalition.pk), traffic),
        )
        for coalition in coalitions.directory(person).defer(*UNSHOWN)
    ]


def _traffic(archive: MailingList | None, known: Mapping[int, Traffic]) -> Traffic | None:
    return known.get(archive.pk) if archive else None


def _archives() -> QuerySet[Any]:
    latest = Thread.objects.filter(mailing_list=OuterRef("pk")).order_by("-last_at", "-id")
    return MailingList.objects.annotate(latest_at=Subquery(latest.values("last_at")[:1]))


ARCHIVES: Composed[Any] = Composed(_archives)


def _listed(coalition: Coalition, groups: frozenset[str], opened: int) -> Listed:
    names = [f"{old.name} {old.acronym}" for old in coalition.former_names.all()]
    themes = list(coalition.themes.all())
    text = [coalition.name, coalition.full_name, coalition.acronym, coalition.focus, *names]
    return Listed(
        words=folded("\n".join([*text, *(theme.name for theme in themes)])),
        status=coalition.status,
        themes=frozenset(theme.code for theme in themes),
        groups=groups,
        is_open=opened > 0,
    )
