"""Mail to a list's command addresses, for tests."""

from datetime import datetime

from intersession.lists.actions.entrance import take
from intersession.lists.queries.addressed import destination
from intersession.lists.rules.judging import Authentic
from intersession.people.testing import NOON

ADA = "ada@example.org"
PROVEN = Authentic(is_authenticated=True, domain="example.org", by="dkim", policy="reject")
UNPROVEN = Authentic()


def send(
    to: str,
    body: str = "",
    *,
    subject: str = "",
    author: str = ADA,
    envelope: str | None = None,
    proven: bool = True,
    more: str = "",
    at: datetime = NOON,
) -> None:
    """Send a mail to an address of ours, as the mail server hands it over."""
    raw = (
        f"From: {author}\r\nTo: {to}\r\nSubject: {subject}\r\n{more}"
        f"Message-ID: <{at.timestamp()}.{subject}@example.org>\r\n\r\n{body}\r\n"
    ).encode()
    where = destination(to)
    assert where is not None
    sender = author if envelope is None else envelope
    take(where, raw, at=at, envelope=sender, authentic=PROVEN if proven else UNPROVEN)


def beside(address: str, what: str) -> str:
    """Name an address beside a list's own."""
    return address.replace("@", f"-{what}@")
