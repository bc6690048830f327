"""Held posts for tests: brought there by the mail itself."""

from datetime import datetime

from intersession.coalitions import actions as coalitions
from intersession.coalitions.models import Coalition
from intersession.coalitions.states import Office
from intersession.lists.actions.receiving import receive
from intersession.lists.models import Held, MailingList
from intersession.lists.rules.judging import Authentic
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person, the_secretariat
from tests.lists.author import ADDRESS

PROVEN = Authentic(is_authenticated=True, domain="example.org", by="dkim", policy="reject")
UNPROVEN = Authentic()


def a_moderator(coalition: Coalition, person: Person | None = None) -> Person:
    """Make somebody who moderates the coalition's lists."""
    person = person or a_person()
    coalitions.seat(the_secretariat(), coalition, person, Office.MODERATOR, at=NOON)
    return person


def a_mail(to: str, number: int = 1, *, more: str = "", body: str = "Hello.") -> bytes:
    """Write a mail of Ada to a list."""
    return (
        f"From: Ada <{ADDRESS}>\r\nTo: {to}\r\nSubject: Hello {number}\r\n"
        f"Message-ID: <{number}@example.org>\r\n{more}\r\n{body}\r\n"
    ).encode()


def a_held_post(
    mailing_list: MailingList,
    number: int = 1,
    *,
    at: datetime = NOON,
    authentic: Authentic = PROVEN,
    more: str = "",
    body: str = "Hello.",
) -> Held:
    """Let a mail of Ada, who is not subscribed, come to a list, where it is held."""
    receive(
        mailing_list, a_mail(mailing_list.address, number, more=more, body=body), at=at,
        envelope=ADDRESS, authentic=authentic,
    )  # fmt: skip
    return Held.objects.latest("pk")
