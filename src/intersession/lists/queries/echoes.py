"""Mails that the house sent to itself, and that came back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from intersession.lists.models import Arrival, MailingList
from intersession.lists.queries.tokens import key
from intersession.lists.rules import tokens
from intersession.lists.states import Outcome

ECHO = "echo"
LOOKED_BACK = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Echo:
    """A mail that came back: by which list's address, when, and whether it was proven ours."""

    name: str
    at: datetime
    is_proven: bool


def echo_token(mailing_list: MailingList, *, at: datetime) -> str:
    """Write the token of a mail that we send to ourselves at this moment."""
    return tokens.token(key(), mailing_list.pk, int(at.timestamp()), kind=ECHO)


def echo_address(mailing_list: MailingList, token: str, delimiter: str) -> str:
    """Return where such a mail goes."""
    name, _at, domain = mailing_list.address.partition("@")
    return f"{name}-{ECHO}{delimiter}{token}@{domain}"


def is_of(mailing_list: MailingList, token: str) -> bool:
    """Test whether a token was made here for this list."""
    try:
        number, _moment = tokens.read(key(), token, ECHO)
    except ValueError:
        return False
    return number == mailing_list.pk


def echo_of(mailing_list: MailingList, token: str) -> Echo | None:
    """Return the mail of a token, when it has come back."""
    return _newest(_echoes().filter(mailing_list=mailing_list, reasons__1=token))


def last_echo(*, at: datetime) -> Echo | None:
    """Return what came back last, in the last days."""
    lists = MailingList.objects.values_list("pk", flat=True)
    return _newest(
        _echoes().filter(mailing_list__in=list(lists), at__gte=at - LOOKED_BACK, at__lte=at)
    )


def _echoes() -> QuerySet[Arrival]:
    return Arrival.objects.filter(outcome=Outcome.COMMAND, reasons__0=ECHO)


def _newest(arrivals: QuerySet[Arrival]) -> Echo | None:
    found = arrivals.select_related("mailing_list").order_by("-at").first()
    if found is None:
        return None
    return Echo(found.mailing_list.name, found.at, found.reasons[2:] == ["proven"])
