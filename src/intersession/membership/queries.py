"""Who belongs, now and on a day."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast

from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import representatives
from intersession.kit.composed import Composed
from intersession.kit.paging import Part, from_key, to_key
from intersession.membership import rules
from intersession.membership.models import Membership
from intersession.membership.states import Kind
from intersession.people.models import Person
from intersession.people.states import Group, Region

NAMES_A_PART = 100


@dataclass(frozen=True, slots=True)
class Roll:
    """How many belong, and how the members describe themselves; N is `members`."""

    members: int
    observers: int
    groups: list[rules.Share]
    regions: list[rules.Share]


def roll_at(coalition: Coalition, *, at: datetime) -> QuerySet[Membership]:
    """Return the roll as it stood at a moment."""
    return Membership.objects.filter(
        Q(until=None) | Q(until__gt=at), coalition=coalition, since__lte=at
    )


def belongs(person: Person, coalition: Coalition, *, at: datetime) -> bool:
    """
    Test whether the person is a member or an observer at a moment.

    To the coordination group belong those who represent a coalition there.
    """
    if coalition.is_coordination:
        return representatives(at=at).filter(person=person).exists()
    return roll_at(coalition, at=at).filter(person=person).exists()


def is_member(person: Person, coalition: Coalition, *, at: datetime) -> bool:
    """Test whether the person is a member (not an observer) at a moment."""
    if coalition.is_coordination:
        return belongs(person, coalition, at=at)
    return roll_at(coalition, at=at).filter(person=person, kind=Kind.MEMBER).exists()


def of_person(person: Person, *, at: datetime) -> QuerySet[Membership]:
    """Return what the person belongs to at a moment, by name."""
    return (
        Membership.objects.filter(Q(until=None) | Q(until__gt=at), person=person, since__lte=at)
        .select_related("coalition")
        .order_by("coalition__name")
    )


COUNTED = Composed(
    lambda coalition, at: (
        roll_at(coalition, at=at)
        .values("kind", "person__group", "person__region")
        .annotate(count=Count("id"))
    )
)


def roll_in_numbers(coalition: Coalition, *, at: datetime) -> Roll:
    """Count the roll as it stood at a moment; groups under five are not counted out."""
    kinds: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for row in COUNTED(coalition=coalition.pk, at=at):
        kinds[row["kind"]] += row["count"]
        if row["kind"] == Kind.MEMBER:
            groups[row["person__group"]] += row["count"]
            regions[row["person__region"]] += row["count"]
    return Roll(
        members=kinds[Kind.MEMBER],
        observers=kinds[Kind.OBSERVER],
        groups=rules.shares(groups, Group.values),
        regions=rules.shares(regions, Region.values),
    )


SHOWN: Composed[tuple[int, str]] = Composed(
    lambda at: (
        Membership.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at, kind=Kind.MEMBER)
        .filter(person__shown__icontains='"group"')
        .exclude(person__group="")
        .values_list("coalition_id", "person__group")
        .distinct()
    )
)


def groups_shown(*, at: datetime) -> dict[int, frozenset[str]]:
    """Return, by coalition, the stakeholder groups of those members who make theirs public."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for coalition, group in SHOWN(at=at):
        found[coalition].add(group)
    return {coalition: frozenset(groups) for coalition, groups in found.items()}


def named(coalition: Coalition, *, at: datetime, after: str = "") -> Part[Membership]:
    """Return a part of those who belong and show their name, in the order of names."""
    rows = roll_at(coalition, at=at).annotate(shown=Cast("person__shown", TextField()))
    rows = rows.filter(shown__contains='"name"').exclude(person__name="")
    match from_key(after):
        case (str(name), int(pk)):
            rows = rows.filter(Q(person__name__gt=name) | Q(person__name=name, pk__gt=pk))
    found = list(rows.select_related("person").order_by("person__name", "pk")[: NAMES_A_PART + 1])
    items = found[:NAMES_A_PART]
    more = to_key(items[-1].person.name, items[-1].pk) if len(found) > NAMES_A_PART else ""
    return Part(items, later=more)
