"""Posts of the house to itself: their list, how they come in, how their copies come back."""

from datetime import datetime

from django.db import transaction

from intersession.lists.actions.receiving import receive
from intersession.lists.actions.receiving.judging import key_of
from intersession.lists.models import Arrival, MailingList, Subscription
from intersession.lists.queries import echoes
from intersession.lists.queries.addressed import Destination
from intersession.lists.rules.judging import Authentic
from intersession.lists.states import Outcome

NAME = "self-test"
PROVEN, UNPROVEN = "proven", "unproven"


@transaction.atomic
def probe_beside(mailing_list: MailingList, *, at: datetime) -> MailingList:
    """Return the list by which the house writes to itself at the domain of a list; opened once."""
    domain = mailing_list.address.rpartition("@")[2]
    probe, _ = MailingList.every.get_or_create(
        address=f"{NAME}@{domain}",
        defaults={
            "name": f"{NAME}-{domain.replace('.', '-')}"[:80], "title": "Mails to ourselves",
            "coalition_id": mailing_list.coalition_id, "opened_at": at, "is_probe": True,
        },
    )  # fmt: skip
    Subscription.objects.get_or_create(
        mailing_list=probe, address=echoes.reader_of(probe), until=None, defaults={"since": at}
    )
    return probe


def take_post_to_ourselves(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """
    Take a post of the house to itself as every other is taken: judged, archived, on its way.

    Its token proves it, so that it goes on where DNS does not know our key yet; whether the
    signature holds is found out on its copy. A mail without a token of ours leaves no trace.
    """
    probe = where.mailing_list
    if echoes.token_in(probe, raw):
        ours = Authentic(is_authenticated=True, domain=probe.address.rpartition("@")[2])
        receive(probe, raw, at=at, envelope=envelope, authentic=ours)


def hear_echo(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """
    Note that the copy of such a post has come back, and whether its signature held on the way.

    A token that is none of ours leaves no trace, so that nobody else can make one.
    """
    probe = where.mailing_list
    token = echoes.token_in(probe, raw)
    if not token or not echoes.is_of(probe, where.token):
        return
    domain = probe.address.rpartition("@")[2]
    is_proven = authentic.is_authenticated and authentic.domain == domain
    told = [echoes.ECHO, token, PROVEN if is_proven else UNPROVEN]
    Arrival.objects.get_or_create(
        key=key_of(probe, raw, envelope),
        defaults={"mailing_list": probe, "at": at, "outcome": Outcome.COMMAND, "reasons": told},
    )


def leave_out(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """Leave out a report about such a copy: that it does not come back is the alarm."""
