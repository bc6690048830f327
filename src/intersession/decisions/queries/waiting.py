"""What waits for somebody in calls, since when, until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from intersession.decisions.models import (
    Call,
    Invitation,
    Objection,
    Position,
    Round,
    Signature,
    Turn,
)
from intersession.decisions.queries.calls import open_calls
from intersession.decisions.states import CallState, ObjectionState, StatementState, TurnKind
from intersession.membership.models import Membership
from intersession.people.models import Person


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person: the verb, the thing, one sentence, since and until."""

    verb: str
    title: str
    url: str
    words: str
    since: datetime
    until: datetime | None


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """Return what waits for this person in calls, what ends first at the top."""
    found = [
        *_to_speak(person, at),
        *_to_lead(person, at),
        *_to_say(person),
        *_to_write(person, at),
        *_to_sign(person),
    ]
    return sorted(found, key=lambda one: (one.until or one.since, one.since, one.title))


def _to_speak(person: Person, at: datetime) -> Iterator[Waiting]:
    belongs = Membership.objects.filter(
        Q(until=None) | Q(until__gt=at), person=person, since__lte=at
    )
    clock = Round.objects.filter(call=OuterRef("call"), is_substantive=True).order_by("-number")
    said = Position.objects.filter(
        call=OuterRef("pk"),
        person=person,
        is_current=True,
        round__number__gte=Subquery(clock.values("number")[:1]),
    )
    calls = open_calls(at).filter(~Exists(said), coalition__in=belongs.values("coalition"))
    for call in calls:
        words = _("A call for consensus asks where you stand.")
        url = call.get_absolute_url() + "#your"
        yield Waiting(_("Speak"), call.title, url, words, call.opened_at, call.closes_at)


def _to_lead(person: Person, at: datetime) -> Iterator[Waiting]:
    blocking = Objection.objects.filter(
        call__caller=person,
        call__state=CallState.OPEN,
        state__in=[ObjectionState.FILED, ObjectionState.ANSWERED, ObjectionState.UPHELD],
    ).exclude(person=person)
    for one in blocking.select_related("call"):
        verb, words = {
            "filed": (_("Answer"), _("An objection waits for your answer.")),
            "answered": (_("Dispose"), _("An answered objection waits for its disposition.")),
            "upheld": (_("Change"), _("An objection was upheld: the text has to change.")),
        }[one.state]
        url = one.get_absolute_url()
        yield Waiting(verb, one.call.title, url, words, one.filed_at, None)
    closed = Call.objects.filter(caller=person, state=CallState.OPEN, closes_at__lte=at)
    for call in closed:
        words = _("The call has closed and waits for its determination.")
        url = call.get_absolute_url() + "#lead"
        yield Waiting(_("Determine"), call.title, url, words, call.closes_at, None)


def _to_say(person: Person) -> Iterator[Waiting]:
    last = Turn.objects.filter(objection=OuterRef("pk")).order_by("-pk")
    mine = Objection.objects.alias(last_turn=Subquery(last.values("kind")[:1])).filter(
        Q(state=ObjectionState.SETTLED)
        | Q(state=ObjectionState.ANSWERED, last_turn=TurnKind.ANSWERED),
        person=person,
        call__state=CallState.OPEN,
    )
    for one in mine.select_related("call"):
        url = one.get_absolute_url()
        if one.state == ObjectionState.SETTLED:
            verb, words = _("Confirm"), _("The text changed: does your objection still stand?")
        else:
            verb, words = _("Tell"), _("Your objection was answered: were you understood?")
        yield Waiting(verb, one.call.title, url, words, one.filed_at, None)


def _to_write(person: Person, at: datetime) -> Iterator[Waiting]:
    open_ones = Invitation.objects.filter(person=person, reply="", due_at__gt=at)
    for one in open_ones.select_related("call"):
        words = _("You are invited to write a minority statement.")
        url = one.call.get_absolute_url() + "#dissent"
        yield Waiting(_("Write"), one.call.title, url, words, one.at, one.due_at)


def _to_sign(person: Person) -> Iterator[Waiting]:
    asked = Signature.objects.filter(person=person, confirmed_at=None).exclude(
        statement__state=StatementState.WITHDRAWN
    )
    for one in asked.select_related("statement__call"):
        words = _("You are asked to sign a minority statement.")
        url = one.statement.get_absolute_url()
        yield Waiting(_("Sign"), one.statement.call.title, url, words, one.asked_at, None)


def next_deadline(at: datetime) -> datetime | None:
    """Return the next moment at which a call closes or an invitation ends, if there is one."""
    calls = open_calls(at).order_by("closes_at").values_list("closes_at", flat=True)
    invitations = Invitation.objects.filter(reply="", due_at__gt=at).order_by("due_at")
    ahead = [*calls[:1], *invitations.values_list("due_at", flat=True)[:1]]
    return min(ahead, default=None)
