"""Posting rights: trusted, looked at first, suspended; apart from membership and subscription."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Answer, Refused, ensure
from intersession.kit.facts import publish
from intersession.lists import permissions
from intersession.lists.events import PostingRightChanged
from intersession.lists.letters import standing as letters
from intersession.lists.models import MailingList, PostingRight
from intersession.lists.rules import addresses
from intersession.lists.states import Standing
from intersession.people.models import Person


@transaction.atomic
def set_posting_right(
    actor: Person,
    mailing_list: MailingList,
    address: str,
    standing: Standing,
    *,
    at: datetime,
    reason: str = "",
    until: datetime | None = None,
) -> PostingRight:
    """
    Decide about the posts of an address; what was decided before ends.

    Whoever is looked at first or suspended is told, with the reason. Raises Denied for who may not;
    Refused where mail cannot come from there, no reason is given, or a suspension has no end.
    """
    ensure(_may(actor, mailing_list, standing, at=at))
    address = addresses.normal(address)
    ensure_may_end(actor, mailing_list, address, at=at)
    _refuse_what_cannot_be(address, standing, reason.strip(), until, at)
    right = stand(
        mailing_list, address, standing, at=at, by=actor, reason=reason.strip(), until=until
    )
    _note("lists.set_posting_right", actor, right, at=at)
    letters.tell_standing(right, at=at)
    publish(PostingRightChanged(right.pk, at))
    return right


def suspend_posting(
    actor: Person,
    mailing_list: MailingList,
    address: str,
    *,
    at: datetime,
    reason: str,
    until: datetime,
) -> PostingRight:
    """
    Suspend the right to post for a time; membership and subscription stay (DCCG, 2017).

    Raises as `set_posting_right` does.
    """
    return set_posting_right(
        actor, mailing_list, address, Standing.SUSPENDED, at=at, reason=reason, until=until
    )


@transaction.atomic
def lift(actor: Person, right: PostingRight, *, at: datetime) -> None:
    """
    End what was decided about somebody's posts: the list's rule holds for them again.

    Raises Denied for who may not, Refused where it is over.
    """
    mailing_list = right.mailing_list
    ensure(_may(actor, mailing_list, Standing(right.standing), at=at))
    held = PostingRight.objects.select_for_update(of=("self",)).filter(_now(at), pk=right.pk)
    if not held.update(until=max(at, right.since)):
        raise Refused(_("This is over already."))
    _note("lists.lift", actor, right, at=at)
    letters.tell_lifted(right, at=at)
    publish(PostingRightChanged(right.pk, at))


def ensure_may_end(actor: Person, mailing_list: MailingList, address: str, *, at: datetime) -> None:
    """Raise Denied where a suspension holds that the actor could not have given."""
    holds = PostingRight.objects.filter(
        _now(at), mailing_list=mailing_list, address=address, standing=Standing.SUSPENDED
    )
    if holds.exists():
        ensure(permissions.may_suspend(actor, mailing_list, at=at))


def stand(
    mailing_list: MailingList,
    address: str,
    standing: Standing,
    *,
    at: datetime,
    by: Person,
    reason: str = "",
    until: datetime | None = None,
) -> PostingRight:
    """Put a decision in the place of those before; the caller asks who may, and records."""
    before = PostingRight.objects.filter(_now(at), mailing_list=mailing_list, address=address)
    before.update(until=at)
    return PostingRight.objects.create(
        mailing_list=mailing_list, address=address, standing=standing, reason=reason[:500],
        given_by=by, since=at, until=until,
    )  # fmt: skip


def _now(at: datetime) -> Q:
    return Q(until=None) | Q(until__gt=at)


def _may(actor: Person, mailing_list: MailingList, standing: Standing, *, at: datetime) -> Answer:
    if standing == Standing.SUSPENDED:
        return permissions.may_suspend(actor, mailing_list, at=at)
    return permissions.may_moderate(actor, mailing_list, at=at)


def _refuse_what_cannot_be(
    address: str, standing: Standing, reason: str, until: datetime | None, at: datetime
) -> None:
    if not addresses.is_address(address):
        raise Refused(_("Mail cannot come from this address. Check how it is written."))
    if until is not None and until <= at:
        raise Refused(_("The end lies in the past."))
    if standing == Standing.TRUSTED:
        return
    if not reason:
        raise Refused(_("Please give the reason; whom it concerns reads it."))
    if standing == Standing.SUSPENDED and until is None:
        raise Refused(_("A suspension needs an end. It can be given anew."))


def _note(verb: str, actor: Person, right: PostingRight, *, at: datetime) -> None:
    """Write an entry that is not public and holds no address: who is suspended is nobody's news."""
    mailing_list = right.mailing_list
    record(
        actor, verb, right, at=at, scope=mailing_list.coalition.slug, title=str(mailing_list),
        url=mailing_list.get_absolute_url(), facts={"standing": str(right.standing)}, private=True,
    )  # fmt: skip
