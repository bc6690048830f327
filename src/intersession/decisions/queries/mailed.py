"""Positions by mail: where a letter is answered, links in letters, what a mail proposed."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from intersession.decisions.models import Position, Proposal, Round
from intersession.decisions.queries.calls import clock_round
from intersession.decisions.states import Answers, CallState, ProposalState
from intersession.lists.models import MailingList
from intersession.lists.queries.answers import answer_address
from intersession.lists.queries.tokens import key
from intersession.lists.rules import tokens
from intersession.people.models import Person

RECEIPT = "decisions.receipt"
PROPOSAL = "decisions.proposal"


def round_address(mailing_list: MailingList | None, text: Round, person: Person) -> str:
    """Write where this person answers the letter about a text; empty without a list."""
    if mailing_list is None:
        return ""
    return answer_address(mailing_list, Answers.CALL, text.pk, person.pk)


def proposal_address(proposal: Proposal) -> str:
    """Write where the letter about a proposed position is answered."""
    beside = proposal.mail.mailing_list
    return answer_address(beside, Answers.PROPOSAL, proposal.pk, proposal.person_id)


def receipt_token(said: Position) -> str:
    """Write the token of the link by which a position taken by mail is undone."""
    return tokens.token(key(), said.pk, kind=RECEIPT)


def proposal_token(proposal: Proposal) -> str:
    """Write the token of the link by which a proposed position is confirmed."""
    return tokens.token(key(), proposal.pk, kind=PROPOSAL)


def position_of(token: str) -> Position | None:
    """Return the position a receipt is for; None for a forged token."""
    number = _number(token, RECEIPT)
    there = Position.objects.select_related(
        "call__coalition", "person", "round", "undoing", "objection"
    )
    return there.filter(pk=number).first()


def proposal_of(token: str) -> Proposal | None:
    """Return the proposal a link is for, whatever became of it; None for a forged token."""
    return proposals().filter(pk=_number(token, PROPOSAL)).first()


def proposals() -> QuerySet[Proposal]:
    """Return proposals with what is said about them."""
    there = Proposal.objects.select_related(
        "call__coalition",
        "call__caller",
        "round__call__coalition",
        "person",
        "mail__mailing_list",
        "position",
    )
    return there.defer("mail__raw")


def _number(token: str, kind: str) -> int:
    try:
        (number,) = tokens.read(key(), token, kind)
    except ValueError:
        return 0
    return number


def round_at(pk: int) -> Round | None:
    """Return a text under call, with its call."""
    return Round.objects.select_related("call__coalition", "call__caller").filter(pk=pk).first()


def unannounced(*, at: datetime) -> list[int]:
    """Return the texts that came under call within a day and that no list was told of yet."""
    texts = _under_call(at).filter(opened_at__gt=at - timedelta(days=1), announcement=None)
    later = Round.objects.filter(call=OuterRef("call"), number__gt=OuterRef("number"))
    first = texts.filter(is_substantive=True).exclude(Exists(later.filter(is_substantive=True)))
    return list(first.order_by("pk").values_list("pk", flat=True))


def announced(*, at: datetime) -> list[int]:
    """Return the texts under call whose announcement on a list may be answered now."""
    told = _under_call(at).filter(announcement__isnull=False)
    return list(told.order_by("pk").values_list("pk", flat=True))


def _under_call(at: datetime) -> QuerySet[Round]:
    return Round.objects.filter(call__state=CallState.OPEN, call__closes_at__gt=at)


def is_of_this_clock(text: Round) -> bool:
    """Test whether no change of substance came after a text."""
    return text.number >= clock_round(text.call).number


def proposed_lately(text: Round, person: Person, *, at: datetime) -> int:
    """Count the positions that mails proposed for a person in a call within a day."""
    made = Proposal.objects.filter(call=text.call_id, person=person)
    return made.filter(at__gt=at - timedelta(days=1)).count()


def open_proposal(text: Round, person: Person) -> Proposal | None:
    """Return what waits for this person to confirm it."""
    return Proposal.objects.filter(
        call=text.call_id, person=person, state=ProposalState.PROPOSED
    ).first()


def position_before(said: Position) -> Position | None:
    """Return the position that stood before one, leaving out those that were undone."""
    earlier = Position.objects.filter(call=said.call_id, person=said.person_id, pk__lt=said.pk)
    return earlier.filter(undoing=None).order_by("-pk").first()


def mailed_position(call_slug: str, pk: int) -> Position | None:
    """Return a position with the mail by which it was taken, None for others."""
    said = Position.objects.filter(call__slug=call_slug, pk=pk, mail__isnull=False)
    there = said.select_related("call__coalition", "person", "mail__mailing_list", "mail__message")
    return there.defer("mail__raw").first()
