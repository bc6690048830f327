"""Minority statements, invitations to write one, and the gate before publication."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intersession.decisions.models import Call, Invitation, Round, Signature, Statement
from intersession.decisions.states import CallState, Capacity, Role, StatementState
from intersession.kit import markdown, words
from intersession.kit.answers import YES, Answer, no
from intersession.kit.composed import Composed
from intersession.people.models import Person


@dataclass(frozen=True, slots=True)
class Signer:
    """A confirmed name under a statement, as its person chose to sign."""

    name: str
    role: Any
    capacity: Any
    organization: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class MinorityStatement:
    """A filed minority statement as it travels with the text."""

    number: int
    label: str
    text: str
    html: str
    language: str
    passages: tuple[str, ...]
    places: tuple[str, ...]
    round: int
    reference: str
    signers: tuple[Signer, ...]
    filed_at: datetime | None
    url: str
    citation: str
    is_sample: bool


def _signed(*, confirmed: bool = True) -> Prefetch[Any]:
    rows = Signature.objects.select_related("person").order_by("pk")
    return Prefetch("signatures", rows.exclude(confirmed_at=None) if confirmed else rows)


def visible_statements(call: Call, person: Person | None) -> QuerySet[Statement]:
    """Return the call's statements this person may read: drafts only those of one's own."""
    public = ~Q(state=StatementState.DRAFTED)
    if person is not None:
        own = Signature.objects.filter(person=person).values("statement")
        public |= Q(pk__in=own)
    return (
        Statement.objects.filter(public, call=call)
        .select_related("call", "call__coalition", "round")
        .prefetch_related(_signed(confirmed=False))
    )


FILED = Composed(
    lambda call: (
        Statement.objects.filter(call=call, state=StatementState.FILED)
        .select_related("call", "call__coalition", "round")
        .prefetch_related(_signed())
    )
)


def statements(call: Call) -> list[MinorityStatement]:
    """Return the filed minority statements that stand, per paragraph (`passages`) or whole."""
    return [view(statement) for statement in FILED(call=call.pk)]


def view(statement: Statement) -> MinorityStatement:
    """Return a statement with its signers, its places in the text and its citation."""
    signers = tuple(
        Signer(
            name=str(one.person),
            role=one.get_role_display(),
            capacity=one.get_capacity_display(),
            organization=one.organization if one.capacity == Capacity.ORGANIZATION else "",
            is_sample=one.person.is_sample,
        )
        for one in statement.signatures.all()
        if one.confirmed_at is not None
    )
    url = statement.get_absolute_url()
    return MinorityStatement(
        number=statement.number or 0,
        label=str(statement),
        text=statement.text,
        html=markdown.render(statement.text),
        language=statement.language,
        passages=tuple(statement.passages),
        places=_places(statement.round, statement.passages),
        round=statement.round.number,
        reference=statement.round.reference,
        signers=signers,
        filed_at=statement.filed_at,
        url=url,
        citation=_citation(statement, signers, settings.SITE_URL + url),
        is_sample=any(signer.is_sample for signer in signers),
    )


def _places(text: Round, keys: list[str]) -> tuple[str, ...]:
    return tuple(part.number for part in text.parts() if part.key in keys)


def _citation(statement: Statement, signers: tuple[Signer, ...], address: str) -> str:
    return _("%(names)s, Minority statement %(label)s on %(reference)s, %(day)s, %(address)s") % {
        "names": ", ".join(signer.name for signer in signers),
        "label": statement,
        "reference": statement.round.reference,
        "day": words.day(statement.filed_at or statement.drafted_at),
        "address": address,
    }


def invitation_of(person: Person | None, call: Call) -> Invitation | None:
    """Return the person's invitation to write a minority statement, if there is one."""
    if person is None:
        return None
    return Invitation.objects.filter(call=call, person=person).first()


def dissent_considered(call: Call, at: datetime) -> Answer:
    """Say whether every invitation to write a minority statement is answered or past its end."""
    if call.state != CallState.DETERMINED:
        return no(_("The call for consensus is not determined yet."))
    waiting = Invitation.objects.filter(call=call, reply="", due_at__gt=at).order_by("due_at")
    open_ones = list(waiting)
    if open_ones:
        return no(
            ngettext(
                "%(n)s person may still write a minority statement, until %(moment)s.",
                "%(n)s people may still write a minority statement, until %(moment)s.",
                len(open_ones),
            )
            % {"n": len(open_ones), "moment": words.moment(open_ones[-1].due_at)}
        )
    return YES


def gate(call: Call, at: datetime) -> Answer:
    """
    Say whether the text may be published as the coalition's output.

    Yes when it was determined at a level that the rule publishes and every invitation to write a
    minority statement is answered or past its deadline (`dissent_considered`).
    """
    if call.state == CallState.DETERMINED and call.determination.level not in call.publishable:
        return no(
            _(
                "The call ended with “%(level)s”. The rule does not publish that as an output: the "
                "text returns to draft, or becomes a discussion paper, not agreed."
            )
            % {"level": call.determination.get_level_display()}
        )
    return dissent_considered(call, at)


def is_author(person: Person | None, statement: Statement) -> bool:
    """Test whether the person is a confirmed author of the statement."""
    return person is not None and any(
        one.person_id == person.pk and one.role == Role.AUTHOR and one.confirmed_at is not None
        for one in statement.signatures.all()
    )


def own_draft(person: Person, call: Call) -> Statement | None:
    """Return the draft that the person keeps in this call, if there is one."""
    return Statement.objects.filter(
        call=call, state=StatementState.DRAFTED, signatures__person=person
    ).first()


def can_be_asked(statement: Statement) -> list[Person]:
    """Return who took part in the call and has not been asked to sign yet."""
    signed = [one.person_id for one in statement.signatures.all()]
    said = statement.call.positions.filter(is_current=True).exclude(person__in=signed)
    return [one.person for one in said.select_related("person").order_by("person__name", "pk")]
