"""
Mails of the house to itself: posts to a list of its own, read by an address of the same list.

Such a post takes the way of every other: judged, archived, copied by a worker, and back as a copy.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from intersession.lists.models import Arrival, MailingList, Message
from intersession.lists.queries.tokens import key
from intersession.lists.rules import identity, tokens
from intersession.lists.rules.addresses import beside
from intersession.lists.rules.composing.heads import Head
from intersession.lists.states import Outcome

ECHO = "echo"
READER = 0
"""The moment in the token of the reader's address, which stays."""
LOOKED_BACK = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Echo:
    """A copy that came back: by which list, when, and whether its signature held on the way."""

    name: str
    at: datetime
    is_proven: bool


def echo_token(probe: MailingList, *, at: datetime) -> str:
    """Write the token of a post that we send to ourselves at this moment."""
    return _token(probe, int(at.timestamp()))


def reader_of(probe: MailingList) -> str:
    """Return the address that writes and reads the posts to ourselves."""
    return beside(probe.address, f"{ECHO}{settings.MAIL_DELIMITER}{_token(probe, READER)}")


def _token(probe: MailingList, moment: int) -> str:
    return tokens.token(key(), probe.pk, moment, kind=ECHO)


def name_of(probe: MailingList, token: str) -> str:
    """Return the Message-ID of a post to ourselves."""
    return f"{token}@{probe.address.rpartition('@')[2]}"


def token_in(probe: MailingList, raw: bytes) -> str:
    """Return the token that a mail bears as its Message-ID; empty where it is none of ours."""
    told = b"".join(Head.of(raw).values("Message-ID")[:1])[:400].decode("ascii", "replace")
    token = identity.message_id(told).partition("@")[0]
    return token if is_of(probe, token) else ""


def is_of(probe: MailingList, token: str) -> bool:
    """Test whether a token was made here for this list."""
    try:
        number, _moment = tokens.read(key(), token, ECHO)
    except ValueError:
        return False
    return number == probe.pk


def is_archived(probe: MailingList, token: str) -> bool:
    """Test whether the post of a token is in the archive."""
    node = identity.node_of(name_of(probe, token))
    return Message.objects.filter(mailing_list=probe, node=node).exists()


def echo_of(probe: MailingList, token: str) -> Echo | None:
    """Return the copy of the post of a token, when it has come back."""
    return _newest(_echoes().filter(mailing_list=probe, reasons__1=token))


def last_echo(*, at: datetime) -> Echo | None:
    """Return what came back last, in the last days."""
    probes = MailingList.every.filter(is_probe=True).values_list("pk", flat=True)
    return _newest(
        _echoes().filter(mailing_list__in=list(probes), at__gte=at - LOOKED_BACK, at__lte=at)
    )


def _echoes() -> QuerySet[Arrival]:
    return Arrival.objects.filter(outcome=Outcome.COMMAND, reasons__0=ECHO)


def _newest(arrivals: QuerySet[Arrival]) -> Echo | None:
    found = arrivals.select_related("mailing_list").order_by("-at").first()
    if found is None:
        return None
    return Echo(found.mailing_list.name, found.at, found.reasons[2:] == ["proven"])
