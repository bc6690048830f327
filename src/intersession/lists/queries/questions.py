"""How many questions went out lately, and to whom: what the limits ask."""

from datetime import datetime

from intersession.lists.models import MailingList, Question
from intersession.lists.rules.limits import DAY, HOUR, Counts


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
