"""
A mail to ourselves: made and signed here, out by SMTP to the mail server, back to our listener.

It shows that the mail server takes our mail, finds the way to the lists' domain, and that the
listener takes it, verifies our own signature by DNS, and commits. What lists do with a post after
that is watched on real posts (`status.alarms`).
"""

import smtplib
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings

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


def send(mailing_list: MailingList, *, at: datetime) -> str:
    """Send a mail to the list's own probe address, and return its token. Raises NotSent."""
    if not settings.MAIL_HOST:
        raise NotSent("No mail server is named. Set INTERSESSION_MAIL_HOST.")
    token = echoes.echo_token(mailing_list, at=at)
    to = echoes.echo_address(mailing_list, token, settings.MAIL_DELIMITER)
    try:
        with _server() as server:
            server.sendmail(mailing_list.address, [to], _mail(mailing_list, to, token, at=at))
    except (OSError, smtplib.SMTPException) as problem:
        raise NotSent(f"The mail server does not take it: {problem}") from problem
    return token


def _server() -> smtplib.SMTP:
    kind = smtplib.SMTP_SSL if settings.MAIL_SECURITY == "tls" else smtplib.SMTP
    server = kind(settings.MAIL_HOST, settings.MAIL_PORT, timeout=PATIENCE)
    if settings.MAIL_SECURITY == "starttls":
        server.starttls()
    if settings.MAIL_USER:
        server.login(settings.MAIL_USER, settings.MAIL_PASSWORD)
    return server


def _mail(mailing_list: MailingList, to: str, token: str, *, at: datetime) -> bytes:
    domain = mailing_list.address.rpartition("@")[2]
    raw = (
        f"From: {mailing_list.address}\r\nTo: {to}\r\nSubject: A mail to ourselves\r\n"
        f"Date: {format_datetime(at)}\r\nMessage-ID: <{token}@{domain}>\r\n"
        "Auto-Submitted: auto-generated\r\n\r\n"
        "This shows that mail goes out and comes back. Nobody needs to read it.\r\n"
    ).encode()
    return signature(raw, at) + raw
