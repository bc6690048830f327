"""Where mail comes in: each kind of address has one who takes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from intersession.lists.actions.bouncing import take_report
from intersession.lists.actions.corresponding import take_office_mail
from intersession.lists.actions.echoing import hear_echo, leave_out, take_post_to_ourselves
from intersession.lists.actions.moderating_by_mail import decide_by_mail
from intersession.lists.actions.obeying import obey
from intersession.lists.actions.receiving import Opened, Post, receive, receive_all
from intersession.lists.actions.returning import take_letter_report
from intersession.lists.actions.taking_answers import take_answer
from intersession.lists.formats.bounces import Read, read_bounce
from intersession.lists.queries.addressed import Destination, destination
from intersession.lists.queries.answers import answered_by
from intersession.lists.queries.tokens import letter_of, question_of
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
        decide_by_mail(asked, raw, at=at, envelope=envelope)


def _report(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """Take a report: about a letter, or about a copy of a post."""
    letter = letter_of(where.token) if where.token else None
    if letter is None:
        take_report(where, raw, at=at, envelope=envelope, authentic=authentic)
    else:
        take_letter_report(where, letter, raw, at=at)


def _role(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """Take mail to a role; a complaint about a copy of ours (RFC 5965) counts as one."""
    report = read_bounce(raw)
    if report is not None and report.read is Read.COMPLAINT and report.return_path:
        copy = destination(report.return_path, delimiter=settings.MAIL_DELIMITER)
        if copy is not None and copy.kind is Kind.BOUNCES:
            _report(copy, raw, at=at, envelope=envelope, authentic=authentic)
            return
    take_office_mail(where, raw, at=at, envelope=envelope, authentic=authentic)


TAKERS: Mapping[Kind, Callable[..., None]] = {
    Kind.POST: _post,
    Kind.REQUEST: obey,
    Kind.JOIN: obey,
    Kind.LEAVE: obey,
    Kind.BOUNCES: _report,
    Kind.CONFIRM: _confirm,
    Kind.ANSWER: take_answer,
    Kind.OWNER: take_office_mail,
    Kind.SECRETARIAT: take_office_mail,
    Kind.ROLE: _role,
}
"""Who takes mail of a kind. What is not here is refused while the sender is on the line."""
OF_OURSELVES: Mapping[Kind, Callable[..., None]] = {
    Kind.POST: take_post_to_ourselves,
    Kind.ECHO: hear_echo,
    Kind.BOUNCES: leave_out,
}
"""Who takes mail to a list by which the house writes to itself."""


def _takers(where: Destination) -> Mapping[Kind, Callable[..., None]]:
    return OF_OURSELVES if where.mailing_list.is_probe else TAKERS


def take(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """
    Take a mail to one of our addresses: when this returns, what follows from it is committed.

    Raises NotTaken where it shall be refused.
    """
    _takers(where)[where.kind](where, raw, at=at, envelope=envelope, authentic=authentic)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mail handed in for one of our addresses."""

    where: Destination
    raw: bytes
    envelope: str
    authentic: Authentic
    opened: Opened | None = None


def take_all(deliveries: Sequence[Delivery], *, at: datetime) -> list[Exception | None]:
    """
    Take mails, the posts among them in one transaction: when this returns, all is committed.

    Returns for each the exception that `take` would raise, None where it is taken.
    """
    posts = {
        n: one
        for n, one in enumerate(deliveries)
        if _takers(one.where).get(one.where.kind) is _post
    }
    told = receive_all([_handed_in(one) for one in posts.values()], at=at)
    outcomes = dict(zip(posts, told, strict=True))
    return [
        _trouble_of(outcomes[n]) if n in outcomes else _taken_alone(one, at=at)
        for n, one in enumerate(deliveries)
    ]


def _handed_in(one: Delivery) -> Post:
    return Post(one.where.mailing_list, one.raw, one.envelope, one.authentic, one.opened)


def _trouble_of(outcome: object) -> Exception | None:
    return outcome if isinstance(outcome, Exception) else None


def _taken_alone(one: Delivery, *, at: datetime) -> Exception | None:
    try:
        take(one.where, one.raw, at=at, envelope=one.envelope, authentic=one.authentic)
    except Exception as problem:  # told to its own sender; those who came with it go on
        return problem
    return None


def is_taken(where: Destination) -> bool:
    """Test whether mail of this kind is taken at all, and that nobody made up where it goes."""
    if where.kind is Kind.ANSWER and answered_by(where.token) is None:
        return False
    return where.kind in _takers(where)
