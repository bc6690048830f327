"""What becomes of judged mails, in one transaction."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from zlib import compress, decompress

from django.db import connection, transaction

from intersession.kit import bell
from intersession.kit.composed import Composed
from intersession.kit.inserting import insert
from intersession.kit.prepared import one_of, prepared
from intersession.lists.actions.archiving import keep_all
from intersession.lists.actions.corresponding import pass_on_unread
from intersession.lists.actions.receiving.judging import Judged, key_of
from intersession.lists.actions.relaying import relay_all
from intersession.lists.formats.pressing import Pressed, press
from intersession.lists.letters import moderating
from intersession.lists.letters import posting as letters
from intersession.lists.models import Arrival, Held, MailingList, Message, Question, Relay
from intersession.lists.rules.addresses import LONGEST
from intersession.lists.rules.holding import CONFIRM_WITHIN
from intersession.lists.rules.judging import (
    Accept,
    Confirm,
    Drop,
    Hold,
    may_be_answered,
)
from intersession.lists.states import HELD, HeldState, Outcome, Purpose
from intersession.people.models import Person

UNREAD_A_DAY = 10
"""Posts that cannot be read which the owners of a list get in a day; the rest are kept alone."""


def arrived(key: bytes) -> Arrival | None:
    """Return what became of this very mail, if it came before."""
    found = ARRIVED(key=key)
    return found[0] if found else None


ARRIVED: Composed[Arrival] = Composed(
    lambda key: Arrival.objects.filter(key=key).select_related("message__mailing_list")
)


def came_before(keys: Sequence[bytes]) -> Set[bytes]:
    """Return the keys of those mails that came before: by one question, however many."""
    is_one, values = one_of("key", keys)
    with prepared() as cursor:
        cursor.execute(f"SELECT key FROM lists_arrival WHERE {is_one}", values)  # noqa: S608 (only places)
        return {bytes(key) for (key,) in cursor.fetchall()}


@transaction.atomic
def keep_unread(mailing_list: MailingList, raw: bytes, envelope: str, *, at: datetime) -> Arrival:
    """Keep a post that cannot be read as it came, once, and have the list's owners look at it."""
    key = key_of(mailing_list, raw, envelope)
    fields = {"mailing_list": mailing_list, "at": at, "outcome": Outcome.UNREADABLE}
    arrival, is_new = Arrival.objects.get_or_create(
        key=key, defaults={**fields, "raw": compress(raw)}
    )
    today = Arrival.objects.filter(
        mailing_list=mailing_list, outcome=Outcome.UNREADABLE, at__gt=at - timedelta(days=1)
    )
    if is_new and today.count() <= UNREAD_A_DAY:
        pass_on_unread(mailing_list, raw, at=at)
    return arrival


@transaction.atomic
def decide(mails: Mapping[bytes, Judged], *, at: datetime) -> dict[bytes, Arrival]:
    """
    Do what follows from verdicts, all in one transaction; mails are given by their keys.

    Posts that go out are archived and relayed list by list.
    """
    if len(mails) > 1:
        _lock({mail.mailing_list.pk for mail in mails.values()})
    arrivals = {
        key: Arrival(key=key, mailing_list=mail.mailing_list, at=at) for key, mail in mails.items()
    }
    lists: defaultdict[MailingList, list[bytes]] = defaultdict(list)
    for key, mail in mails.items():
        if isinstance(mail.verdict, Accept):
            lists[mail.mailing_list].append(key)
        else:
            STEPS[type(mail.verdict)](mail.mailing_list, mail, arrivals[key], at=at)
    for mailing_list, keys in lists.items():
        posts = _out(mailing_list, [_Post.of(mails[key]) for key in keys], at=at)
        for key, message in zip(keys, posts, strict=True):
            arrivals[key].outcome, arrivals[key].message = Outcome.ARCHIVED, message
    insert(*arrivals.values())
    return arrivals


def _lock(lists: Collection[int]) -> None:
    """
    Lock the lists in one order, before any row that names them and before the head of the record.

    Others do so too: whoever holds the head waits for no list. SQLite has one writer at a time.
    """
    if connection.features.has_select_for_update:
        list(MailingList.objects.filter(pk__in=lists).order_by("pk").select_for_update())


@dataclass(frozen=True, slots=True)
class _Post:
    """A post that goes out, and what its copies say of its author."""

    pressed: Pressed
    results: str
    policy: str

    @classmethod
    def of(cls, mail: Judged) -> Self:
        return cls(mail.pressed, mail.results, mail.authentic.policy)


def _out(mailing_list: MailingList, posts: Sequence[_Post], *, at: datetime) -> list[Message]:
    """Archive posts and set them on their way, unless they are here already."""
    kept = keep_all(mailing_list, [post.pressed for post in posts], at=at)
    relays = [
        Relay(message=message, at=at, results=post.results, policy=post.policy)
        for post, (message, is_new) in zip(posts, kept, strict=True)
        if is_new and not mailing_list.mirrors
    ]
    if relays:
        relay_all(mailing_list, relays)
        bell.ring()
    return [message for message, _ in kept]


def _hold(mailing_list: MailingList, mail: Judged, arrival: Arrival, *, at: datetime) -> None:
    held = _held(mailing_list, mail, HeldState.HELD, at=at)
    arrival.outcome, arrival.reasons = Outcome.HELD, held.reasons
    moderating.tell_moderators(held, mail.beginning, mail.pressed.files, at=at)
    if mail.authentic.is_authenticated and may_be_answered(mail.signs):
        letters.tell_held(held, at=at)


def _ask(mailing_list: MailingList, mail: Judged, arrival: Arrival, *, at: datetime) -> None:
    """Ask the author; where they were written to today already, a moderator decides instead."""
    if not letters.may_answer(mail.signs.author, at=at):
        _hold(mailing_list, mail, arrival, at=at)
        return
    held = _held(mailing_list, mail, HeldState.WAITING, at=at)
    arrival.outcome, arrival.reasons = Outcome.CONFIRM, held.reasons
    asked = Question.objects.create(
        purpose=Purpose.POST, mailing_list=mailing_list, address=held.address, held=held,
        asked_at=at, ends_at=at + CONFIRM_WITHIN,
    )  # fmt: skip
    letters.ask_to_confirm(asked, at=at)


def _drop(mailing_list: MailingList, mail: Judged, arrival: Arrival, *, at: datetime) -> None:
    arrival.outcome, arrival.reasons = Outcome.DROPPED, _reasons(mail)
    arrival.raw = mail.pressed.raw


STEPS: dict[type, Callable[..., None]] = {
    Hold: _hold,
    Confirm: _ask,
    Drop: _drop,
}


def _held(mailing_list: MailingList, mail: Judged, state: HeldState, *, at: datetime) -> Held:
    return Held.objects.create(
        mailing_list=mailing_list, raw=mail.pressed.raw, envelope=mail.envelope[:254],
        address=(mail.signs.author or mail.pressed.address)[:LONGEST], name=mail.pressed.name[:200],
        subject=mail.pressed.subject[:300], results=mail.results,
        policy=mail.authentic.policy, is_authentic=mail.authentic.is_authenticated,
        reasons=_reasons(mail), state=state, at=at,
    )  # fmt: skip


def _reasons(mail: Judged) -> list[str]:
    verdict = mail.verdict
    if isinstance(verdict, Confirm):
        return [verdict.reason.value]
    return [one.value for one in getattr(verdict, "reasons", ())]


@transaction.atomic
def release(held: Held, *, at: datetime, by: Person | None = None) -> Message:
    """
    Let a held post out: archived and relayed as it came, at the moment it is let out.

    The caller has asked who may, and writes the entry of its own verb. Raises Refused where the
    post does not wait any more.
    """
    held.state = HELD.after("approve", HeldState(held.state))
    held.decided_at, held.decided_by = at, by
    post = _Post(press(decompress(held.raw), "", at), held.results, held.policy)
    (held.message,) = _out(held.mailing_list, [post], at=at)
    held.save(update_fields=["state", "decided_at", "decided_by", "message"])
    return held.message
