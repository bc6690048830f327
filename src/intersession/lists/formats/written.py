"""A post written on a page, as the mail it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from intersession.lists.rules.composing.words import plain
from intersession.lists.rules.flowing import flowed


@dataclass(frozen=True, slots=True)
class Written:
    """
    What somebody wrote on a page; `answers` are the ids it names, oldest first.

    What the house writes says so (RFC 3834, 5), and where answers go.
    """

    name: str
    address: str
    to: str
    subject: str
    text: str
    message_id: str
    answers: Sequence[str] = ()
    reply_to: str = ""
    is_automatic: bool = False


def mail_of(post: Written, *, at: datetime) -> bytes:
    """Write the post as mail (RFC 5322), its text as format=flowed in UTF-8."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((plain(post.name), post.address), "utf-8")
    mail["To"] = post.to
    mail["Subject"] = plain(post.subject, most=300)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{post.message_id}>"
    if post.answers:
        mail["In-Reply-To"] = f"<{post.answers[-1]}>"
        mail["References"] = " ".join(f"<{one}>" for one in post.answers)
    if post.reply_to:
        mail["Reply-To"] = post.reply_to
    if post.is_automatic:
        mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(
        flowed(post.text.strip()) + "\n", cte="quoted-printable", params={"format": "flowed"}
    )
    return mail.as_bytes()
