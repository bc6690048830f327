"""A post written on a page: it goes the way of every mail, from the person's own address."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from intersession.kit.answers import Denied, Refused, ensure
from intersession.lists import permissions
from intersession.lists.actions.receiving import NotTaken, receive
from intersession.lists.formats.written import Written, mail_of
from intersession.lists.models import MailingList, Message
from intersession.lists.phrases import reasons_in_words
from intersession.lists.queries import message_at, raw_of
from intersession.lists.rules import identity
from intersession.lists.rules.judging import Authentic
from intersession.lists.rules.mime import part_of
from intersession.people.models import Person

_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a post: the message in the archive, or why it waits, in sentences."""

    message: Message | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody writes: `address` is one of theirs, `token` names this very post."""

    address: str
    subject: str
    text: str
    token: str
    answering: Message | None = None


def post_from_page(actor: Person, mailing_list: MailingList, post: Post, *, at: datetime) -> Posted:
    """
    Send a post to a list as mail from the person, as if it had come by mail.

    The same post sent twice is one. Raises Denied for an address that is not the person's, Refused
    where the list takes no mail or the post has no words. A post that is held comes back without
    its message, and with the reasons.
    """
    ensure(permissions.may_post(actor, mailing_list))
    if not permissions.owns(actor, post.address):
        raise Denied(_("Choose one of your own verified addresses."))
    if not post.text.strip():
        raise Refused(_("Please write something first."))
    if not _TOKEN.fullmatch(post.token):
        raise Refused(_("This page is too old. Your text is kept; please send it once more."))
    name = f"{post.token}@{_domain(mailing_list)}"
    if there := message_at(mailing_list, identity.permalink(name)).first():
        return Posted(there)
    written = Written(
        name=actor.name, address=post.address.lower(), to=mailing_list.address,
        subject=post.subject, text=post.text, message_id=name,
        answers=_chain(post.answering) if post.answering else (),
    )  # fmt: skip
    return _sent(mailing_list, mail_of(written, at=at), post.address.lower(), at=at)


def _domain(mailing_list: MailingList) -> str:
    return mailing_list.address.partition("@")[2] or settings.MAIL_FROM.partition("@")[2]


def _chain(answered: Message) -> tuple[str, ...]:
    """Name the messages that are answered, the direct one last (RFC 5322, 3.6.4)."""
    fields = part_of(raw_of(answered.content)).fields
    before = identity.references(fields.get("references", ""), fields.get("in-reply-to", ""))
    chain = [one for one in before if one != answered.message_id]
    return (*chain[:1], *chain[1:][-20:], answered.message_id)


def _sent(mailing_list: MailingList, raw: bytes, address: str, *, at: datetime) -> Posted:
    """Hand the post in where all mail comes in; the sign-in has shown whose address it is."""
    known = Authentic(is_authenticated=True, domain=address.partition("@")[2])
    try:
        arrival = receive(mailing_list, raw, at=at, envelope=address, authentic=known)
    except NotTaken as problem:
        raise Refused(" ".join(reasons_in_words(problem.refusal.reasons))) from problem
    if arrival.message is not None:
        return Posted(arrival.message)
    return Posted(None, tuple(reasons_in_words(arrival.reasons)))
