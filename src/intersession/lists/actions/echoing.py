"""A mail that the house sends to itself, noted when it has come back."""

from datetime import datetime

from intersession.lists.actions.receiving.judging import key_of
from intersession.lists.models import Arrival
from intersession.lists.queries import echoes
from intersession.lists.queries.addressed import Destination
from intersession.lists.rules.judging import Authentic
from intersession.lists.states import Outcome

PROVEN, UNPROVEN = "proven", "unproven"


def hear_echo(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """
    Note that a mail of ours has come back, and whether its signature held on the way.

    A token that is none of ours leaves no trace, so that nobody else can make one.
    """
    mailing_list = where.mailing_list
    if not echoes.is_of(mailing_list, where.token):
        return
    domain = mailing_list.address.rpartition("@")[2]
    is_proven = authentic.is_authenticated and authentic.domain == domain
    told = [echoes.ECHO, where.token, PROVEN if is_proven else UNPROVEN]
    Arrival.objects.get_or_create(
        key=key_of(mailing_list, raw, envelope),
        defaults={
            "mailing_list": mailing_list, "at": at, "outcome": Outcome.COMMAND, "reasons": told,
        },
    )  # fmt: skip
