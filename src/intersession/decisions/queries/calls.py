"""Which calls there are, and simple questions about one of them."""

from datetime import datetime

from django.db.models import QuerySet

from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import procedure_of
from intersession.decisions import rules
from intersession.decisions.models import Call, Objection, Position, Round
from intersession.decisions.states import CallState
from intersession.journal.models import Entry
from intersession.kit.composed import Composed
from intersession.kit.paging import Part, from_key, to_key
from intersession.people.models import Person

PAGE = 30


def visible_to(person: Person | None) -> QuerySet[Call]:
    """Return the calls this person may read: all are public."""
    return Call.objects.select_related("coalition", "caller")


def open_calls(at: datetime) -> QuerySet[Call]:
    """Return the calls in which a position can be taken now, the next to close first."""
    return (
        Call.objects.filter(state=CallState.OPEN, opened_at__lte=at, closes_at__gt=at)
        .select_related("coalition", "caller")
        .order_by("closes_at", "pk")
    )


def closed_calls(at: datetime) -> QuerySet[Call]:
    """Return the calls whose closing moment is past or that have ended, the latest first."""
    return (
        Call.objects.exclude(pk__in=open_calls(at).order_by().values("pk"))
        .select_related("coalition", "caller", "determination")
        .order_by("-pk")
    )


def closed_part(at: datetime, before: str = "") -> Part[Call]:
    """Return one part of the closed calls, by key."""
    found = closed_calls(at)
    match from_key(before) if before else None:
        case (int(pk),):
            found = found.filter(pk__lt=pk)
        case _:
            before = ""
    rows = list(found[: PAGE + 1])
    older = to_key(rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return Part(rows[:PAGE], later="first" if before else "", earlier=older)


def of_coalition(coalition: Coalition) -> QuerySet[Call]:
    """Return the coalition's calls, the latest first."""
    return Call.objects.filter(coalition=coalition).select_related("coalition").order_by("-pk")


def rule_of(coalition: Coalition) -> rules.Rule:
    """Return the rule that a call of the coalition would open under now."""
    stated = procedure_of(coalition)
    return rules.Rule(
        days=stated.call_days,
        silence=stated.silence,
        minimum_voices=stated.minimum_voices,
        minimum_groups=stated.minimum_groups,
        publishable=rules.publishable(stated.publishable),
        statement_words=stated.statement_words,
        statement_days=stated.statement_days,
        appeal_days=stated.appeal_days,
    )


def current_round(call: Call) -> Round:
    """Return the text that is under call now."""
    return call.rounds.order_by("-number")[:1].get()


CLOCK = Composed(
    lambda call: Round.objects.filter(call=call, is_substantive=True).order_by("-number")[:1]
)


def clock_round(call: Call) -> Round:
    """Return the round with which the running clock began: the last change of substance."""
    return CLOCK(call=call.pk)[0]


def has_objected(person: Person, call: Call) -> bool:
    """Test whether the person ever objected in this call, withdrawn or not."""
    return Objection.objects.filter(call=call, person=person).exists()


def has_taken_part(person: Person, call: Call) -> bool:
    """Test whether the person has said anything in this call."""
    return Position.objects.filter(call=call, person=person).exists()


def recorded_hashes(call: Call) -> dict[int, str]:
    """Return the hash of each round's text as the journal has it, which nobody can change."""
    entries = Entry.objects.filter(
        thing=f"{call._meta.label_lower}:{call.pk}",
        verb__in=("decisions.open_call", "decisions.amend"),
    )
    return {entry.facts["round"]: entry.facts["hash"] for entry in entries}
