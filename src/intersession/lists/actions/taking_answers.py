"""
Answers to letters of other apps: kept as evidence, with what is proven of who sent them.

What follows from one is the business of the app that wrote the letter, which hears of it by the
fact `LetterAnswered`.
"""

from datetime import datetime
from hashlib import sha256
from zlib import compress, decompress

from django.db import transaction

from intersession.kit.facts import publish
from intersession.lists.actions.receiving import NotTaken
from intersession.lists.actions.receiving.judging import key_of
from intersession.lists.actions.tallying import tally
from intersession.lists.events import LetterAnswered
from intersession.lists.models import MailAnswer, MailingList, Message
from intersession.lists.queries.addressed import Destination
from intersession.lists.queries.answers import (
    answered_by,
    answers_lately,
    archived_as,
    text_of,
)
from intersession.lists.queries.knowledge import addresses_with
from intersession.lists.rules import identity
from intersession.lists.rules.binding import Unbound, unbound
from intersession.lists.rules.judging import (
    Authentic,
    Reason,
    Refuse,
    Signs,
    may_be_answered,
    signs,
)
from intersession.lists.rules.parsing import Parsed, parsed
from intersession.lists.states import Tallied
from intersession.people.models import Person

A_DAY = 20
"""Answers to one letter that are kept in a day; a program that writes on and on is counted."""
TEXT = 100_000
"""Signs of an answer that are read."""


def take_answer(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """
    Keep an answer to a letter, once, and tell whose letter it was.

    Robots, bounces and forged tokens are counted, and nothing of them is kept. Raises NotTaken for
    a mail larger than the list takes.
    """
    mailing_list, named = where.mailing_list, answered_by(where.token)
    if len(raw) > mailing_list.largest:
        raise NotTaken(Refuse(552, "5.3.4", (Reason.TOO_BIG,)))
    mail = signs(raw, envelope)
    if not may_be_answered(mail):
        tally(mailing_list, Tallied.ROBOT, at=at)
        return
    person = Person.objects.filter(pk=named[2], is_active=True).first() if named else None
    if named is None or person is None:
        tally(mailing_list, Tallied.NO_TOKEN, at=at)
        return
    key = key_of(mailing_list, raw, f"{envelope} {where.token.lower()}")
    if MailAnswer.objects.filter(key=key).exists():
        return
    if answers_lately(*named, at=at) >= A_DAY:
        tally(mailing_list, Tallied.LIMIT, at=at)
        return
    own = addresses_with(person.email, person)
    why = unbound(mail, authentic, own, names_the_act=True)
    # Read before the transaction: a large one takes its time, and nobody else waits for it.
    read = parsed(raw, latest=at)
    _keep(where, named, mail, read, raw, key, why or "", at=at)


@transaction.atomic
def _keep(
    where: Destination, named: tuple[int, int, int], mail: Signs, read: Parsed, raw: bytes,
    key: bytes, why: str, *, at: datetime,
) -> None:  # fmt: skip
    about, row, person = named
    _hold(where.mailing_list.pk)
    kept = MailAnswer(
        mailing_list=where.mailing_list, about=about, row=row, person_id=person, key=key,
        unbound=why, address=mail.author[:254], name=read.name[:200], subject=read.subject[:300],
        text=read.text[:TEXT], node=identity.node_of(read.message_id), content=read.content,
        digest=sha256(raw).hexdigest(), raw=compress(raw), at=at,
    )  # fmt: skip
    kept.message = archived_as(kept)
    kept.save(force_insert=True)
    publish(LetterAnswered(kept.pk, about, at))


def _hold(mailing_list: int) -> None:
    """
    Lock a list before what names it, as posts do: whoever holds the head waits for no list.

    PostgreSQL looks at foreign keys as a transaction is committed, and the head is held by then.
    """
    list(MailingList.every.select_for_update(no_key=True).filter(pk=mailing_list).values_list("pk"))


@transaction.atomic
def answer_from_post(
    message: Message, about: int, row: int, person: Person, *, at: datetime
) -> MailAnswer | None:
    """
    Keep a post of the archive as somebody's answer to a letter, whose token it does not bear.

    Returns None where this mail is an answer already: as itself, or because it came to both.
    """
    _hold(message.mailing_list_id)
    there = MailAnswer.objects.filter(
        mailing_list=message.mailing_list, node=message.node, person=person, about=about
    )
    if there.exists():
        return None
    raw = decompress(bytes(message.content.raw))
    return MailAnswer.objects.create(
        mailing_list=message.mailing_list, about=about, row=row, person=person,
        key=sha256(b"post\0%d\0%d\0%d" % (message.pk, about, row)).digest(),
        unbound=Unbound.NOT_NAMED, address=message.author.address, name=message.name,
        subject=message.subject, text=text_of(message)[:TEXT], node=message.node,
        content=bytes(message.content_hash), digest=sha256(raw).hexdigest(), raw=b"",
        message=message, at=at,
    )  # fmt: skip
