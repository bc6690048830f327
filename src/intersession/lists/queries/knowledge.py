"""What the judge needs to know besides the mail: the list's rules, and who the sender is to us."""

from datetime import datetime
from typing import Any
from zlib import decompress

from django.conf import settings
from django.db.models import Exists, QuerySet

from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import holds_office, in_office
from intersession.coalitions.states import Office
from intersession.kit.composed import Composed
from intersession.lists.models import (
    Ghost,
    Held,
    MailingList,
    Message,
    PostingRight,
    Subscription,
    Thread,
)
from intersession.lists.rules.judging import Known, Policy, may_be_answered, signs
from intersession.lists.states import Posting
from intersession.membership.queries import belongs
from intersession.people.models import Person
from intersession.people.queries import addresses_of, people_at, person_at

CLOSED_AT_MOST = 1_000


def list_id(mailing_list: MailingList) -> str:
    """Return the id of a list, which stays when its address moves (RFC 2919, 3)."""
    _name, _at, domain = mailing_list.address.partition("@")
    return f"{mailing_list.name}.{domain}"


CLOSED: Composed[int] = Composed(
    lambda mailing_list: Thread.objects.filter(
        mailing_list=mailing_list, closed_at__isnull=False
    ).values_list("pk", flat=True)[:1]
)


def policy_of(mailing_list: MailingList, nodes: tuple[int, ...] = ()) -> Policy:
    """Return what a list allows; `nodes` are the messages that the mail names."""
    return Policy(
        address=mailing_list.address,
        list_id=list_id(mailing_list),
        is_announcement=mailing_list.posting == Posting.OFFICERS,
        moderates_first=mailing_list.holds_first,
        is_stopped=mailing_list.stopped_at is not None,
        closed=_closed(mailing_list, nodes),
        max_bytes=mailing_list.largest,
        may_post=mailing_list.posting,
        spam_threshold=settings.SPAM_THRESHOLD,
    )


def _closed(mailing_list: MailingList, nodes: tuple[int, ...]) -> frozenset[int]:
    if not nodes or not CLOSED(mailing_list=mailing_list.pk):
        return frozenset()
    here = {
        "mailing_list": mailing_list, "node__in": nodes[-CLOSED_AT_MOST:],
        "thread__closed_at__isnull": False,
    }  # fmt: skip
    awaited = Ghost.objects.filter(**here)  # what names one comes into the thread that awaits it
    return frozenset(Message.objects.filter(**here).values_list("node", flat=True)).union(
        awaited.values_list("node", flat=True)
    )


def _open(mailing_list: Any, address: Any) -> QuerySet[Subscription]:
    return Subscription.objects.filter(mailing_list=mailing_list, address=address, until=None)


def _written(mailing_list: Any, address: Any) -> QuerySet[Message]:
    return Message.objects.filter(mailing_list=mailing_list, author__address=address)


def _rights(mailing_list: Any, address: Any, at: Any) -> QuerySet[PostingRight]:
    return PostingRight.objects.filter(mailing_list=mailing_list, address=address, since__lte=at)


TRACES: Composed[tuple[bool, bool, bool, bool, bool]] = Composed(
    lambda mailing_list, address, written, at: MailingList.every.filter(
        pk=mailing_list
    ).values_list(
        *people_at(address, written),
        Exists(_open(mailing_list, address)),
        Exists(_rights(mailing_list, address, at)),
        Exists(_written(mailing_list, address)),
    )
)
"""
What there is of an address: its owner, an account made with it, an open subscription, a decision,
a post before. All by one question for every post; what there is nothing of is not asked for again.
"""
OPEN: Composed[int] = Composed(
    lambda mailing_list, address: _open(mailing_list, address).values_list("pk", flat=True)
)
WROTE: Composed[int] = Composed(
    lambda mailing_list, address: _written(mailing_list, address).values_list("pk", flat=True)[:1]
)
RIGHTS: Composed[tuple[str, datetime | None]] = Composed(
    lambda mailing_list, address, at: _rights(mailing_list, address, at).values_list(
        "standing", "until"
    )
)


def known_of(
    mailing_list: MailingList, address: str, *, at: datetime, has_consented: bool = False
) -> Known:
    """Return what we know of an author, by any verified address of theirs."""
    if not address:
        return Known()
    small, here = address.lower(), {"mailing_list": mailing_list.pk}
    ((owns, made_with, is_open, has_standing, has_written),) = TRACES(
        **here, address=small, written=address, at=at
    )
    person = person_at(address) if owns or made_with else None
    others = addresses_with(address, person) - {small}
    decided = others | {small} if has_standing else others
    return Known(
        is_subscriber=is_open or any(OPEN(**here, address=one) for one in others),
        is_member=person is not None and belongs(person, mailing_list.coalition, at=at),
        is_officer=person is not None and is_officer(person, mailing_list.coalition, at=at),
        standing=standing_of(mailing_list, decided, at=at),
        posts_before=int(has_written or any(WROTE(**here, address=one) for one in others)),
        has_consented_by_reply=has_consented,
    )


def addresses_with(address: str, person: Person | None) -> frozenset[str]:
    """Return an address in small letters with the verified ones of the person it belongs to."""
    others = addresses_of(person).values_list("email", flat=True) if person else ()
    return frozenset([address.lower(), *(other.lower() for other in others)])


def subscriptions_at(
    mailing_list: MailingList, addresses: frozenset[str]
) -> QuerySet[Subscription]:
    """Return the open subscriptions of these addresses."""
    return Subscription.objects.filter(mailing_list=mailing_list, address__in=addresses, until=None)


def standing_of(mailing_list: MailingList, addresses: frozenset[str], *, at: datetime) -> str:
    """Return the gravest decision about the posts of these addresses; empty where there is none."""
    found = {
        standing
        for address in addresses
        for standing, until in RIGHTS(mailing_list=mailing_list.pk, address=address, at=at)
        if until is None or until > at
    }
    return next((one for one in ("suspended", "moderated", "trusted") if one in found), "")


def is_officer(person: Person, coalition: Coalition, *, at: datetime) -> bool:
    """Test whether a person speaks for a coalition or the Secretariat."""
    return person.is_secretariat or holds_office(
        person, coalition, Office.COORDINATOR, Office.MODERATOR, at=at
    )


def moderators_of(mailing_list: MailingList, *, at: datetime) -> list[Person]:
    """Return who decides about held posts: moderators and coordinators, else the Secretariat."""
    seats = in_office(mailing_list.coalition, at=at).filter(
        office__in=[Office.COORDINATOR, Office.MODERATOR]
    )
    people = {seat.person_id: seat.person for seat in seats.select_related("person")}
    return list(people.values()) or list(
        Person.objects.filter(is_secretariat=True, is_active=True).order_by("pk")
    )


def may_be_told(held: Held, *, at: datetime) -> bool:
    """
    Test whether the author of a held post may be written to (checklist 9: no backscatter).

    It is proven that the mail is theirs, or the house knows them, and no machine wrote it.
    """
    if not held.address or not held.raw:
        return False
    if not held.is_authentic and not known_of(held.mailing_list, held.address, at=at).is_anybody:
        return False
    return may_be_answered(signs(decompress(held.raw), held.envelope))


def language_of(held: Held) -> str:
    """Return the language in which the author of a post is written to."""
    person = person_at(held.address) if held.address else None
    return person.language if person else "en"
