"""How many questions went out lately, and to whom: what the limits ask."""

from dataclasses import dataclass
from datetime import datetime

from intersession.lists.models import MailingList, Message, Question, Subscription
from intersession.lists.queries.subscribers import subscription_at
from intersession.lists.queries.tokens import leave_token
from intersession.lists.rules.limits import DAY, HOUR, Counts
from intersession.lists.states import HeldState, Purpose


def counts(mailing_list: MailingList, address: str, network: str, *, at: datetime) -> Counts:
    """Count the questions to an address in a day, and from a network or about a list in an hour."""
    asked = Question.objects.filter(asked_at__lte=at)
    to = asked.filter(address=address, asked_at__gt=at - DAY)
    lately = asked.filter(asked_at__gt=at - HOUR)
    return Counts(
        address_and_list=to.filter(mailing_list=mailing_list).count(),
        address=to.count(),
        network=lately.filter(network=network).count() if network else 0,
        list=lately.filter(mailing_list=mailing_list).count(),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is so since a question was answered: a subscription with its own link, or a post."""

    subscription: Subscription | None = None
    token: str = ""
    message: Message | None = None
    is_held: bool = False


def outcome_of(asked: Question) -> Outcome | None:
    """Return what an answered question led to, None where that is not so any more."""
    match asked.purpose:
        case Purpose.POST:
            return _of_post(asked)
        case Purpose.LEAVE:
            return None if subscription_at(asked.mailing_list, asked.address) else Outcome()
        case Purpose.JOIN | Purpose.CHANGE | Purpose.PROBE:
            there = subscription_at(asked.mailing_list, asked.address)
            return Outcome(there, leave_token(there.pk)) if there else None
    return None


def _of_post(asked: Question) -> Outcome | None:
    held = asked.held
    if held is None:
        return None
    if held.message is not None:
        return Outcome(message=held.message)
    return Outcome(is_held=True) if held.state == HeldState.HELD else None
