"""
A post to ourselves, on the way of every post: made and signed here, out by SMTP to the mail server.

The mail server brings it to our listener, which judges and archives it on a list of its own that no
page shows; a worker sends its copy through the mail server back to the listener, which verifies our
signature by DNS and notes it.
"""

import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings

from intersession.lists.actions.echoing import probe_beside
from intersession.lists.models import MailingList
from intersession.lists.queries import echoes, visible_to
from intersession.site.signing import signature

PATIENCE = 20
"""Seconds for each step with the mail server."""


class NotSent(Exception):
    """Why nothing could be sent."""


def probed() -> list[MailingList]:
    """Return one open list of our own for each domain: mail of a domain takes one way."""
    found: dict[str, MailingList] = {}
    for one in visible_to(None).filter(closed_at=None, mirrors="").order_by("pk"):
        found.setdefault(one.address.rpartition("@")[2], one)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Posted:
    """A post to ourselves: to which list, and by which token it is known."""

    probe: MailingList
    token: str


def send(mailing_list: MailingList, *, at: datetime) -> Posted:
    """Send a post to the list of ours at the domain of this one. Raises NotSent."""
    if not settings.MAIL_HOST:
        raise NotSent("No mail server is named. Set INTERSESSION_MAIL_HOST.")
    probe = probe_beside(mailing_list, at=at)
    token = echoes.echo_token(probe, at=at)
    try:
        with _server() as server:
            server.sendmail(echoes.reader_of(probe), [probe.address], _mail(probe, token, at=at))
    except (OSError, smtplib.SMTPException) as problem:
        raise NotSent(f"The mail server does not take it: {problem}") from problem
    return Posted(probe, token)


def _server() -> smtplib.SMTP:
    kind = smtplib.SMTP_SSL if settings.MAIL_SECURITY == "tls" else smtplib.SMTP
    server = kind(settings.MAIL_HOST, settings.MAIL_PORT, timeout=PATIENCE)
    if settings.MAIL_SECURITY == "starttls":
        server.starttls()
    if settings.MAIL_USER:
        server.login(settings.MAIL_USER, settings.MAIL_PASSWORD)
    return server


def _mail(probe: MailingList, token: str, *, at: datetime) -> bytes:
    """Write it as a person's mail: what says that it is a robot's would be kept out."""
    raw = (
        f"From: {echoes.reader_of(probe)}\r\nTo: {probe.address}\r\n"
        f"Subject: A mail to ourselves\r\nDate: {format_datetime(at)}\r\n"
        f"Message-ID: <{echoes.name_of(probe, token)}>\r\n\r\n"
        "This shows that mail goes out and comes back. Nobody needs to read it.\r\n"
    ).encode()
    return signature(raw, at) + raw
