"""What waits for a person, and what the person waits for, gathered from every app."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intersession.coalitions.models import Seat
from intersession.coalitions.queries import offices_of
from intersession.decisions import queries as decisions
from intersession.decisions.models import Objection
from intersession.decisions.queries import Waiting
from intersession.decisions.states import CallState, ObjectionState
from intersession.kit.charts import Bar, bar
from intersession.lists.queries.held import queues_of
from intersession.membership.models import Membership
from intersession.membership.queries import of_person
from intersession.outputs import queries as outputs
from intersession.outputs.models import Comment
from intersession.outputs.states import State
from intersession.people.models import Person

BEING_WRITTEN = (State.COMMENT, State.REVISION)


@dataclass(frozen=True, slots=True)
class Waits:
    """One row of the desk, its time drawn."""

    waiting: Waiting
    bar: Bar | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole desk: late first, then the next deadline, then what has none."""

    rows: Sequence[Waits]
    oldest: datetime | None
    others: Sequence[Waiting]
    seats: Sequence[Seat]
    memberships: Sequence[Membership]


def desk_of(person: Person, *, at: datetime) -> Desk:
    """Gather what waits for the person."""
    waiting = _gathered(person, at)
    rows = sorted(waiting, key=lambda one: (one.until is None, one.until or one.since, one.title))
    return Desk(
        rows=[Waits(one, _bar(one, at), one.until is not None and one.until <= at) for one in rows],
        oldest=min((one.since for one in waiting), default=None),
        others=sorted([*_comments(person), *_objections(person)], key=lambda one: one.since),
        seats=list(offices_of(person, at=at)),
        memberships=list(of_person(person, at=at)),
    )


def _gathered(person: Person, at: datetime) -> list[Waiting]:
    return [
        *outputs.waiting_for(person, at),
        *decisions.waiting_for(person, at),
        *_held(person, at),
    ]


def _held(person: Person, at: datetime) -> Iterator[Waiting]:
    """Yield the lists on which posts wait for the person's decision."""
    for one in queues_of(person, at=at):
        words = ngettext(
            "%(n)d post waits for a moderator.", "%(n)d posts wait for a moderator.", one.count
        ) % {"n": one.count}
        url = reverse("lists:queue", args=[one.mailing_list.name])
        yield Waiting(_("Decide"), str(one.mailing_list), url, words, one.since, one.until)


def _comments(person: Person) -> Iterator[Waiting]:
    """Yield the person's comments that nobody has answered yet."""
    unanswered = Comment.objects.filter(author=person, answer="", output__state__in=BEING_WRITTEN)
    for one in unanswered.select_related("output"):
        url = f"{one.output.draft_url()}#c{one.number}"
        words = _("Your comment waits for the editors’ answer.")
        yield Waiting(_("Waiting"), one.output.title, url, words, one.at, None)


def _objections(person: Person) -> Iterator[Waiting]:
    """Yield the person's objections that nobody has answered yet, in calls that are open."""
    filed = Objection.objects.filter(
        person=person, state=ObjectionState.FILED, call__state=CallState.OPEN
    )
    for one in filed.select_related("call"):
        url = f"{one.call.get_absolute_url()}#o{one.number}"
        words = _("Your objection waits for an answer.")
        yield Waiting(_("Waiting"), one.call.title, url, words, one.filed_at, None)


def _bar(one: Waiting, at: datetime) -> Bar | None:
    return bar(one.since, one.until, at, is_owed=True) if one.until else None
