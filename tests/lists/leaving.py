"""A post on its whole way for tests: taken in, and carried to a mail server by the mailroom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.conf import settings

from intersession.lists.actions import relaying
from intersession.lists.actions.mailroom import Mailroom
from intersession.lists.actions.receiving import receive
from intersession.lists.formats.authentication.judging import authenticate, holds, proves
from intersession.lists.formats.courier.messages import Server
from intersession.lists.formats.courier.parent import Couriers
from intersession.lists.formats.resolver import DnsResolver
from intersession.lists.models import MailingList, Message
from intersession.lists.rules.composing.heads import Head
from intersession.people.testing import NOON
from tests.lists import keys
from tests.lists.author import ADDRESS, records, signed_as_usual
from tests.lists.servers import a_server
from tests.lists.zones import zones

POST = """\
From: Ada <ada@example.org>
To: {to}
Subject: Matters
Message-ID: <1@example.org>
Date: Sun, 1 Mar 2026 12:00:00 +0000
{more}
{body}
"""


@dataclass(frozen=True, slots=True)
class Left:
    """What left: the copies as the mail server got them, and the return paths they had."""

    raw: bytes
    copies: list[bytes]
    paths: list[str]

    @property
    def head(self) -> Head:
        """The head of the only copy."""
        (copy,) = self.copies
        return Head.of(copy)


def a_mail(to: MailingList, body: str = "Good day.", more: str = "") -> bytes:
    """Write a post as Ada does, whose domain signs it."""
    return signed_as_usual(POST.format(to=to.address, more=more, body=body))


def left(
    to: MailingList,
    raw: bytes,
    *,
    policy: str = "reject",
    zone: Mapping[str, Sequence[str] | str] | None = None,
    later: Mapping[str, Sequence[str] | str] | None = None,
) -> Left:
    """
    Take a mail in and carry its copies out; `zone` is more of DNS, `later` how it is by then.

    Our own signature, couriers, and questions to DNS are real; so is the mail server.
    """
    with zones({**records(policy), **(zone or {})}) as where:
        authentic = authenticate(
            raw, trusted_ids=settings.MAIL_TRUSTED_IDS, resolver=_resolver(where)
        )
        receive(to, raw, at=NOON, envelope=ADDRESS, authentic=authentic)
    with zones({**records(policy), **(zone or {}), **(later or {})}) as where, a_server() as server:
        resolver = _resolver(where)
        with Couriers(Server("127.0.0.1", server.port), children=1) as couriers:
            room = Mailroom(
                relaying.Marks("one"), couriers, now=lambda: NOON, signer_of=keys.signer,
                proves=partial(proves, resolver=resolver), holds=partial(holds, resolver=resolver),
            )  # fmt: skip
            while room.step(1.0):
                pass
        return Left(raw, server.contents, server.heard("MAIL"))


def _resolver(where: tuple[str, int]) -> DnsResolver:
    host, port = where
    return DnsResolver([host], port, limit=2)


def dns(name: bytes, timeout: int = 5) -> bytes | None:
    """Answer for the keys of Ada's domain and of the list's, as the world would be answered."""
    known = records().get(name.decode().rstrip("."))
    return known[0].encode() if known else keys.dns(name)


def the_post() -> Message:
    """Return the only post there is."""
    return Message.objects.select_related("mailing_list").get()
