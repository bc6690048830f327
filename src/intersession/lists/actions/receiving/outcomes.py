"""What becomes of a judged mail, in one transaction."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from zlib import compress, decompress

from django.db import DatabaseError, IntegrityError, transaction

from intersession.kit import bell
from intersession.kit.composed import Composed
from intersession.lists.actions.archiving import keep
from intersession.lists.actions.corresponding import pass_on_unread
from intersession.lists.actions.receiving.judging import Judged, NotTaken, judged, key_of
from intersession.lists.actions.relaying import relay
from intersession.lists.formats.pressing import Pressed, press
from intersession.lists.letters import moderating
from intersession.lists.letters import posting as letters
from intersession.lists.models import Arrival, Held, MailingList, Message, Question
from intersession.lists.rules.holding import CONFIRM_WITHIN
from intersession.lists.rules.judging import (
    Accept,
    Authentic,
    Confirm,
    Drop,
    Hold,
    may_be_answered,
)
from intersession.lists.states import HELD, HeldState, Outcome, Purpose
from intersession.people.models import Person

log = logging.getLogger(__name__)

UNREAD_A_DAY = 10
"""Posts that cannot be read which the owners of a list get in a day; the rest are kept alone."""


def receive(
    mailing_list: MailingList,
    raw: bytes,
    *,
    at: datetime,
    envelope: str = "",
    authentic: Authentic | None = None,
) -> Arrival:
    """
    Take a post to a list: archive and relay it, hold it, ask its sender, or keep it out.

    All that follows is committed together, or nothing is. A mail that comes again, because its
    sender heard no answer, finds what became of it and changes nothing. Raises NotTaken where it
    shall be refused in the dialogue.
    """
    if known := arrived(mailing_list, raw, envelope):
        return known
    try:
        mail = judged(
            mailing_list, raw, at=at, envelope=envelope, authentic=authentic or Authentic()
        )
    except (DatabaseError, NotTaken):
        raise
    except Exception:
        log.exception("A mail to %s cannot be read; it is kept as it came.", mailing_list.address)
        return keep_unread(mailing_list, raw, envelope, at=at)
    try:
        return _take(mailing_list, mail, at=at)
    except IntegrityError:
        if known := arrived(mailing_list, raw, envelope):
            return known
        raise


def arrived(mailing_list: MailingList, raw: bytes, envelope: str) -> Arrival | None:
    """Return what became of this very mail, if it came before."""
    found = ARRIVED(key=key_of(mailing_list, raw, envelope))
    return found[0] if found else None


ARRIVED: Composed[Arrival] = Composed(
    lambda key: Arrival.objects.filter(key=key).select_related("message__mailing_list")
)


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
def _take(mailing_list: MailingList, mail: Judged, *, at: datetime) -> Arrival:
    arrival = Arrival(key=mail.key, mailing_list=mailing_list, at=at)
    STEPS[type(mail.verdict)](mailing_list, mail, arrival, at=at)
    arrival.save(force_insert=True)
    return arrival


def _accept(mailing_list: MailingList, mail: Judged, arrival: Arrival, *, at: datetime) -> None:
    arrival.outcome = Outcome.ARCHIVED
    arrival.message = _out(
        mailing_list, mail.pressed, at=at, results=mail.results, policy=mail.authentic.policy
    )


def _out(
    mailing_list: MailingList, pressed: Pressed, *, at: datetime, results: str, policy: str
) -> Message:
    """Archive a post and set it on its way, unless it is here already."""
    message, is_new = keep(mailing_list, pressed, at=at)
    if is_new and not mailing_list.mirrors:
        relay(message, at=at, results=results, policy=policy)
        bell.ring()
    return message


def _hold(mailing_list: MailingList, mail: Judged, arrival: Arrival, *, at: datetime) -> None:
    held = _held(mailing_list, mail, HeldState.HELD, at=at)
    arrival.outcome, arrival.reasons = Outcome.HELD, held.reasons
    moderating.tell_moderators(held, at=at)
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
    arrival.raw = compress(mail.raw)


STEPS: dict[type, Callable[..., None]] = {
    Accept: _accept,
    Hold: _hold,
    Confirm: _ask,
    Drop: _drop,
}


def _held(mailing_list: MailingList, mail: Judged, state: HeldState, *, at: datetime) -> Held:
    return Held.objects.create(
        mailing_list=mailing_list, raw=compress(mail.raw), envelope=mail.envelope[:254],
        address=mail.signs.author or mail.pressed.address, name=mail.pressed.name[:200],
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
    pressed = press(decompress(held.raw), "", at)
    held.message = _out(held.mailing_list, pressed, at=at, results=held.results, policy=held.policy)
    held.save(update_fields=["state", "decided_at", "decided_by", "message"])
    return held.message
