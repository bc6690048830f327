"""Where mail comes in: each kind of address has one who takes it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from intersession.lists.actions.bouncing import take_report
from intersession.lists.actions.echoing import hear_echo
from intersession.lists.actions.moderating_by_mail import decide_by_mail
from intersession.lists.actions.obeying import obey
from intersession.lists.actions.receiving import receive
from intersession.lists.queries.addressed import Destination
from intersession.lists.queries.tokens import question_of
from intersession.lists.rules.addresses import Kind
from intersession.lists.rules.judging import Authentic
from intersession.lists.states import Purpose


def _post(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    receive(where.mailing_list, raw, at=at, envelope=envelope, authentic=authentic)


def _confirm(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """Take an answer to a question: a moderator's by its words, any other by its token alone."""
    asked = question_of(where.token)
    if asked is None or asked.purpose != Purpose.MODERATE:
        obey(where, raw, at=at, envelope=envelope, authentic=authentic)
    elif envelope:
        decide_by_mail(asked, raw, at=at)


TAKERS: Mapping[Kind, Callable[..., None]] = {
    Kind.POST: _post,
    Kind.REQUEST: obey,
    Kind.JOIN: obey,
    Kind.LEAVE: obey,
    Kind.BOUNCES: take_report,
    Kind.CONFIRM: _confirm,
    Kind.ECHO: hear_echo,
}
"""Who takes mail of a kind. What is not here is refused while the sender is on the line."""


def take(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """
    Take a mail to one of our addresses: when this returns, what follows from it is committed.

    Raises NotTaken where it shall be refused.
    """
    TAKERS[where.kind](where, raw, at=at, envelope=envelope, authentic=authentic)


def is_taken(where: Destination) -> bool:
    """Test whether mail of this kind is taken at all."""
    return where.kind in TAKERS
