"""Answers by mail to the letters of a call, for tests."""

from datetime import datetime
from itertools import count

from django.test import Client

from intersession.coalitions.models import Coalition
from intersession.coalitions.testing import a_coalition
from intersession.decisions.models import Call
from intersession.decisions.testing import HOUR, an_open_call
from intersession.lists.actions.entrance import take
from intersession.lists.queries.addressed import destination
from intersession.lists.rules.judging import Authentic
from intersession.lists.testing import a_list
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.people.models import Person
from intersession.people.testing import NOON

_number = count(1)
LATER = NOON + HOUR


def a_call_by_mail(coalition: Coalition | None = None) -> tuple[Call, Person, Letter]:
    """Open a call in a coalition that has a list; return it, a member, and the member's letter."""
    coalition = coalition or a_coalition()
    a_list(coalition)
    member = a_member(coalition)
    call = an_open_call(coalition)
    return call, member, Letter.objects.get(kind="decisions.call_opened", to=member.email)


def answer(
    letter: Letter,
    body: str,
    *,
    author: str = "",
    envelope: str | None = None,
    proven: bool = True,
    more: str = "",
    at: datetime = LATER,
) -> None:
    """Answer a letter by mail, as its reader does."""
    sender = author or letter.to
    raw = (
        f"From: {sender}\r\nTo: {letter.reply_to}\r\nSubject: Re: {letter.subject}\r\n{more}"
        f"Message-ID: <{next(_number)}@example.org>\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()
    where = destination(letter.reply_to)
    assert where is not None
    known = Authentic(is_authenticated=True, domain=sender.partition("@")[2], by="dkim")
    take(
        where, raw, at=at, envelope=sender if envelope is None else envelope,
        authentic=known if proven else Authentic(),
    )  # fmt: skip


def letters(kind: str) -> list[Letter]:
    """Return the letters of a kind, the first first."""
    return list(Letter.objects.filter(kind=f"decisions.{kind}").order_by("pk"))


def link(letter: Letter, name: str) -> str:
    """Return the path of a link of this kind in a letter."""
    return next(
        "/" + word.split("/", 3)[3] for word in letter.body.split() if f"/calls/{name}/" in word
    )


def posted(path: str, what: str, **fields: object) -> int:
    """Press a button on a page, without an account; return the status."""
    client = Client()
    return client.post(f"{path}{what}/", fields).status_code
