"""The people of an old list brought over at once, each with an entry in the record."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import batched
from secrets import token_hex

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import Act, record, record_many
from intersession.journal.rules import salted_digest
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.kit.inserting import insert
from intersession.lists import permissions
from intersession.lists.events import RosterImported
from intersession.lists.letters import subscribing as letters
from intersession.lists.models import MailingList, PostingRight, Subscription
from intersession.lists.queries.subscribers import subscribed
from intersession.lists.rules.wishes import RosterRow
from intersession.lists.states import RosterTrouble, Standing, StoppedBy, Way
from intersession.people.models import Person
from intersession.people.queries import owners_of

BATCH = 500
"""Rows of one transaction: others write in between."""

type Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class RosterAccount:
    """What became of every row of a roster; `kept_out` are those that subscribed nobody."""

    read: int
    subscribed: int
    moderated: int
    stopped: int
    kept_out: Sequence[RosterRow]


def subscribe_all(
    actor: Person | None,
    mailing_list: MailingList,
    rows: Sequence[RosterRow],
    *,
    at: datetime,
    is_quiet: bool = False,
    tell: Progress = lambda done: None,
) -> RosterAccount:
    """
    Subscribe the people of a roster as they were subscribed there, and tell each how to leave.

    They get their mail as before; where it was stopped because it came back it stays stopped, and
    whose posts were held is moderated here. `is_quiet` writes no letters. Interrupted, it may be
    run again: who is here already is kept out. Raises Denied unless who asks looks after the list
    (None is the operator), Refused where the list is closed or lives elsewhere.
    """
    _ensure_it_may_be(actor, mailing_list, at=at)
    found: list[RosterRow] = []
    for batch in batched(rows, BATCH, strict=False):
        found += _take(actor, mailing_list, batch, at=at, is_quiet=is_quiet)
        tell(len(found))
    account = _account(found)
    _conclude(actor, mailing_list, account, at=at)
    return account


def rehearse_roster(mailing_list: MailingList, rows: Sequence[RosterRow]) -> RosterAccount:
    """Say what `subscribe_all` would do with a roster, without doing it."""
    found: list[RosterRow] = []
    for batch in batched(rows, BATCH, strict=False):
        found += _judged(mailing_list, batch)
    return _account(found)


def _ensure_it_may_be(actor: Person | None, mailing_list: MailingList, *, at: datetime) -> None:
    if actor is not None:
        ensure(permissions.may_look_after(actor, mailing_list, at=at))
    if mailing_list.closed_at is not None or mailing_list.mirrors:
        raise Refused(_("Nobody subscribes to this list: it is closed, or lives elsewhere."))


def _judged(mailing_list: MailingList, batch: Sequence[RosterRow]) -> list[RosterRow]:
    """Say of each row whether it stays out, because of what is here already."""
    addresses = [row.address for row in batch if row.trouble is None]
    here = subscribed(mailing_list, addresses)
    lists = set(MailingList.objects.filter(address__in=addresses).values_list("address", flat=True))
    troubles = dict.fromkeys(here, RosterTrouble.SUBSCRIBED) | dict.fromkeys(
        lists, RosterTrouble.LIST
    )
    return [replace(row, trouble=row.trouble or troubles.get(row.address)) for row in batch]


@transaction.atomic
def _take(
    actor: Person | None,
    mailing_list: MailingList,
    batch: Sequence[RosterRow],
    *,
    at: datetime,
    is_quiet: bool,
) -> list[RosterRow]:
    MailingList.objects.select_for_update().get(pk=mailing_list.pk)
    found = _judged(mailing_list, batch)
    fresh = [row for row in found if row.trouble is None]
    made = _subscriptions(mailing_list, fresh, at=at)
    _moderate(mailing_list, fresh, at=at)
    record_many(
        actor, "lists.subscribe", map(_act, made), at=at, scope=mailing_list.coalition.slug,
        title=str(mailing_list), url=mailing_list.get_absolute_url(), private=True,
    )  # fmt: skip
    if not is_quiet:
        _tell(mailing_list, [one for one in made if one.stopped_at is None], at=at)
    return found


def _subscriptions(
    mailing_list: MailingList, rows: Sequence[RosterRow], *, at: datetime
) -> list[Subscription]:
    owners = owners_of([row.address for row in rows])
    made = [
            Subscription(
                mailing_list=mailing_list, address=row.address, way=Way.IMPORT, since=at,
                person_id=owners.get(row.address), salt=token_hex(16),
                stopped_at=at if row.is_stopped else None,
                stopped_by=StoppedBy.BOUNCES if row.is_stopped else "", **asdict(row.wishes),
            )
            for row in rows
    ]  # fmt: skip
    insert(*made)
    return made


def _moderate(mailing_list: MailingList, rows: Sequence[RosterRow], *, at: datetime) -> None:
    """Keep posts held of whom the old list held; what was decided here already stands."""
    held = [row.address for row in rows if row.is_moderated]
    decided = PostingRight.objects.filter(
        mailing_list=mailing_list, address__in=held, until=None
    ).values_list("address", flat=True)
    reason = _("Posts were held at the old server of the list.")
    PostingRight.objects.bulk_create(
        [
            PostingRight(
                mailing_list=mailing_list, address=address, standing=Standing.MODERATED,
                reason=reason, since=at,
            )
            for address in sorted({*held} - {*decided})
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _act(subscription: Subscription) -> Act:
    return Act(
        subscription,
        facts={"way": Way.IMPORT.value, "delivery": str(subscription.delivery)},
        digests={"address": salted_digest(subscription.address, subscription.salt)},
    )


def _tell(mailing_list: MailingList, made: Sequence[Subscription], *, at: datetime) -> None:
    languages: dict[str, list[Subscription]] = {}
    for one in made:
        languages.setdefault(one.language, []).append(one)
    for language, to in languages.items():
        letters.tell_moved(mailing_list, to, language, at=at)


def _account(found: Sequence[RosterRow]) -> RosterAccount:
    taken = [row for row in found if row.trouble is None]
    return RosterAccount(
        read=len(found),
        subscribed=len(taken),
        moderated=sum(1 for row in taken if row.is_moderated),
        stopped=sum(1 for row in taken if row.is_stopped),
        kept_out=[row for row in found if row.trouble is not None],
    )


@transaction.atomic
def _conclude(
    actor: Person | None, mailing_list: MailingList, account: RosterAccount, *, at: datetime
) -> None:
    record(
        actor, "lists.import_roster", mailing_list, at=at, scope=mailing_list.coalition.slug,
        title=str(mailing_list), url=mailing_list.get_absolute_url(),
        facts={
            "lines": account.read, "subscribed": account.subscribed,
            "kept_out": len(account.kept_out),
        },
    )  # fmt: skip
    publish(RosterImported(mailing_list.pk, at))
