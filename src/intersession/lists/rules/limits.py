"""
How many mails others may have us send: so that nobody is bombed with questions or answers.

Counts come from the last day and the last hour of the record; nothing here counts by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network

PER_ADDRESS_AND_LIST = 2
"""Questions to an address about one list a day: the one that got lost is sent again, once."""
PER_ADDRESS = 10
"""Questions to an address a day: somebody who joins the coalitions one after the other does not
notice; whoever is bombed gets ten mails and not ten thousand."""
PER_NETWORK = 20
"""Questions asked from a network an hour: a room at a meeting shares one address."""
PER_LIST = 200
"""Questions a list sends an hour: more than after any announcement, far below a flood."""
ANSWERS = 1
"""Automatic answers to a sender a day (RFC 3834, 2: not again and again)."""

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Mail(StrEnum):
    """What we would send because somebody outside asked for it."""

    QUESTION = "question"
    ANSWER = "answer"


class Over(StrEnum):
    """Which limit is reached."""

    ADDRESS_AND_LIST = "address_and_list"
    ADDRESS = "address"
    NETWORK = "network"
    LIST = "list"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was sent already: to the address in the last day, the others in the last hour."""

    address_and_list: int = 0
    address: int = 0
    network: int = 0
    list: int = 0
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """Yes, or no with the limit that is reached and the time after which to ask again at most."""

    over: Over | None = None
    retry_after: timedelta = timedelta(0)

    def __bool__(self) -> bool:
        return self.over is None


WITHIN = Limit()


def allows(mail: Mail, counts: Counts) -> Limit:
    """Say whether one more mail may go out, by what went out before."""
    if mail is Mail.ANSWER:
        return Limit(Over.ANSWERED, DAY) if counts.answers >= ANSWERS else WITHIN
    for count, most, over, after in (
        (counts.address_and_list, PER_ADDRESS_AND_LIST, Over.ADDRESS_AND_LIST, DAY),
        (counts.address, PER_ADDRESS, Over.ADDRESS, DAY),
        (counts.network, PER_NETWORK, Over.NETWORK, HOUR),
        (counts.list, PER_LIST, Over.LIST, HOUR),
    ):
        if count >= most:
            return Limit(over, after)
    return WITHIN


class Download(StrEnum):
    """What is handed out whole."""

    WHOLE = "whole"
    THREAD = "thread"


DOWNLOADS = {Download.WHOLE: 60, Download.THREAD: 600}
"""Times an hour for one person or network: a mirror takes all our lists in one night's hour, and
nobody who reads takes ten threads a minute."""


def allows_download(download: Download, before: int, at: datetime) -> int:
    """Return how many seconds to wait until it may be taken again: 0 where it may be now."""
    if before < DOWNLOADS[download]:
        return 0
    return 3600 - int(at.timestamp()) % 3600


def network(address: str) -> str:
    """
    Name the network of a client: 24 bits of IPv4, 56 of IPv6, which is what one customer gets.

    Empty for what is no address.
    """
    try:
        client = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(client, "ipv4_mapped", None)
    client = mapped or client
    return str(ip_network(f"{client}/{24 if client.version == 4 else 56}", strict=False))
