"""
Mail to an office: to a list's owner, to the Secretariat, to a role of this mail server (RFC 2142).

It reaches whoever holds the office today, and stays for whoever holds it next. Nothing answers by
itself, and what came from here does not go round again.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from zlib import compress

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.lists import permissions
from intersession.lists.actions.tallying import tally
from intersession.lists.formats.pressing import press
from intersession.lists.letters import corresponding as letters
from intersession.lists.models import Correspondence, MailingList
from intersession.lists.queries import knowledge, tokens
from intersession.lists.queries.addressed import Destination
from intersession.lists.rules.addresses import Kind, beside
from intersession.lists.rules.forwarding import LOOP
from intersession.lists.rules.identity import references
from intersession.lists.rules.judging import Authentic, Signs, is_about, signs
from intersession.lists.rules.judging.law import HOPS
from intersession.lists.rules.mime import part_of
from intersession.lists.states import Mailbox, Tallied
from intersession.people.models import Person
from intersession.people.queries import person_at

BOXES = {
    Kind.OWNER: Mailbox.OWNER, Kind.SECRETARIAT: Mailbox.SECRETARIAT, Kind.ROLE: Mailbox.ROLE,
}  # fmt: skip


def holders_of(mailbox: str, mailing_list: MailingList, *, at: datetime) -> Sequence[Person]:
    """Return who holds an office at a moment."""
    if mailbox == Mailbox.OWNER:
        return knowledge.moderators_of(mailing_list, at=at)
    return list(Person.objects.filter(is_secretariat=True, is_active=True).order_by("pk"))


def take_office_mail(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """Keep a mail to an office, once, and send it on; robots and circles are counted."""
    mail = signs(raw, envelope)
    if is_circle(mail, raw, where.to):
        tally(where.mailing_list, Tallied.ROBOT, at=at)
        return
    _take_once(where, mail, raw, envelope, authentic, at=at)


def pass_on(mailing_list: MailingList, raw: bytes, *, at: datetime) -> None:
    """Keep a report that nobody could read for the owners of a list, and send it on to them."""
    where = Destination(mailing_list, Kind.OWNER, to=beside(mailing_list.address, "owner"))
    _take_once(where, signs(raw, ""), raw, "", Authentic(), at=at)


@transaction.atomic
def pass_on_unread(mailing_list: MailingList, raw: bytes, *, at: datetime) -> None:
    """Send a post that could not be read to the owners of its list, who keep it; read nothing."""
    to = beside(mailing_list.address, "owner")
    key = sha256(b"unread\0%s\0%s" % (to.encode(), raw)).digest()
    kept, is_new = Correspondence.objects.get_or_create(
        key=key,
        defaults={
            "mailing_list": mailing_list, "mailbox": Mailbox.OWNER, "to": to,
            "raw": compress(raw), "at": at,
        },
    )  # fmt: skip
    if is_new:
        holders = holders_of(Mailbox.OWNER, mailing_list, at=at)
        letters.forward(kept, mailing_list, raw, holders, at=at)


def _take_once(
    where: Destination, mail: Signs, raw: bytes, envelope: str, authentic: Authentic, *,
    at: datetime,
) -> None:  # fmt: skip
    key = sha256(b"%s\0%s\0%s" % (where.to.encode(), envelope.encode(), raw)).digest()
    if not Correspondence.objects.filter(key=key).exists():
        _take(where, mail, raw, key, authentic, at=at)


def is_circle(mail: Signs, raw: bytes, office: str) -> bool:
    """Test whether a mail came back from where it was sent on, or from a robot that answers."""
    loops = [value.strip().lower() for name, value in part_of(raw).every if name == LOOP.lower()]
    return (
        office.lower() in loops
        or office.lower() in mail.authors
        or mail.received > HOPS
        or mail.is_null_sender
        or mail.is_daemon
        or mail.is_auto_reply
        or mail.is_away
    )


@transaction.atomic
def _take(
    where: Destination, mail: Signs, raw: bytes, key: bytes, authentic: Authentic, *, at: datetime
) -> None:
    mailbox, near = BOXES[where.kind], where.mailing_list
    pressed = press(raw, "", at)
    kept = Correspondence.objects.create(
        mailing_list=None if mailbox == Mailbox.ROLE else near, mailbox=mailbox, to=where.to,
        key=key, raw=compress(raw), address=(mail.author or pressed.address)[:254],
        name=pressed.name[:200], subject=pressed.subject[:300], at=at, is_spam=mail.is_spam,
        is_proven=mail.is_clear and authentic.is_authenticated and is_about(authentic, mail),
        answers=_answered(raw, where.to),
    )  # fmt: skip
    holders = holders_of(mailbox, near, at=at)
    author = person_at(kept.address) if kept.is_proven else None
    if kept.answers and author in holders:
        _mark(kept.answers, author, at=at)
        _mark(kept, author, at=at)
    if not kept.is_spam:
        others = [one for one in holders if one != author]
        letters.forward(kept, near, raw, others, at=at)


def _answered(raw: bytes, to: str) -> Correspondence | None:
    """Find the mail to this office that a mail answers, by the Message-ID of its forward."""
    fields = part_of(raw).fields
    for name in references(fields.get("references", ""), fields.get("in-reply-to", "")):
        if number := tokens.answered_mail(name):
            return Correspondence.objects.filter(pk=number, to=to).first()
    return None


def _mark(mail: Correspondence, person: Person | None, *, at: datetime) -> None:
    if mail.answered_at is None:
        mail.answered_at, mail.answered_by = at, person
        mail.save(update_fields=["answered_at", "answered_by"])


@transaction.atomic
def mark_answered(actor: Person, mail: Correspondence, *, at: datetime) -> None:
    """
    Mark a mail to an office as answered.

    Raises Denied unless the actor holds the office, Refused where it is answered already.
    """
    ensure(permissions.may_read_correspondence(actor, mail, at=at))
    if mail.answered_at is not None:
        raise Refused(_("This is answered already."))
    _mark(mail, actor, at=at)
    of = mail.mailing_list
    record(
        actor, "lists.answer_mail", mail, at=at, scope=of.coalition.slug if of else "",
        title=str(of or mail.to), url=letters.mail_address(mail), private=True,
    )  # fmt: skip
