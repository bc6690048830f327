"""Opening a call, changing its text, ending it without a determination."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from intersession.coalitions.models import Coalition
from intersession.decisions import letters, permissions, queries, rules
from intersession.decisions.actions.noting import (
    a_salt,
    check_not_ended,
    index,
    lock,
    note,
    required,
)
from intersession.decisions.events import CallAmended, CallDeferred, CallOpened, CallWithdrawn
from intersession.decisions.models import Call, Objection, Round, Turn
from intersession.decisions.queries.frozen import item_of_call, item_of_round, item_of_turn
from intersession.decisions.states import ObjectionState, TurnKind
from intersession.kit import words
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.membership.queries import roll_at
from intersession.membership.states import Kind
from intersession.people.models import Person


@transaction.atomic
def open_call(
    actor: Person,
    coalition: Coalition,
    *,
    at: datetime,
    title: str,
    question: str,
    text: str,
    passages: Sequence[rules.Passage],
    reference: str,
    address: str,
    closes_at: datetime | None = None,
) -> Call:
    """
    Put a text to the coalition, frozen by its hash, under the rule that it states now.

    `reference` is like `DC3-2026-01 v2`, `address` where the text lives. Raises Denied unless a
    coordinator or editor asks, Refused for a clock shorter than the rule's or an empty question.
    """
    ensure(permissions.may_open_call(actor, coalition, at=at))
    rule = queries.rule_of(coalition)
    closes = closes_at or rules.closing(at, rule.days)
    _check_clock(at, closes, rule)
    question = required(question, _("A call asks a question: write it."))
    call = Call.objects.create(
        coalition=coalition, caller=actor, title=title, question=question, reference=reference,
        address=address, slug=_free_slug(coalition, reference), salt=a_salt(),
        opened_at=at, closes_at=closes, asked=_asked(coalition, at),
        **{**asdict(rule), "publishable": list(rule.publishable)},
    )  # fmt: skip
    first = _freeze(call, actor, 1, text, passages, reference, at=at)
    note(
        actor, "open_call", call, at=at, items=(item_of_call(call), item_of_round(first)),
        facts={"round": 1, "hash": first.hash, "reference": reference,
               "closes_at": closes.isoformat(), "asked": call.asked},
    )  # fmt: skip
    index(call)
    letters.tell_opened(call, at=at)
    publish(CallOpened(call.pk, at))
    return call


def _check_clock(at: datetime, closes: datetime, rule: rules.Rule) -> None:
    if closes < at + rules.clock.DAY * rule.days:
        raise Refused(
            _("The coalition’s procedure gives a call at least %(days)s full days.")
            % {"days": rule.days}
        )


def _asked(coalition: Coalition, at: datetime) -> int:
    return roll_at(coalition, at=at).filter(kind=Kind.MEMBER).count()


def _free_slug(coalition: Coalition, reference: str) -> str:
    """Return the address of a call: its reference, numbered from the second call on it."""
    wanted = (slugify(reference) or slugify(f"{coalition.handle}-call"))[:70]
    taken = set(Call.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    names = [wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _freeze(
    call: Call,
    actor: Person,
    number: int,
    text: str,
    passages: Sequence[rules.Passage],
    reference: str,
    *,
    at: datetime,
    is_substantive: bool = True,
    reason: str = "",
) -> Round:
    return Round.objects.create(
        call=call, number=number, reference=reference, text=text, by=actor, salt=a_salt(),
        passages=rules.to_json(passages), hash=rules.text_hash(text, passages),
        is_substantive=is_substantive, reason=reason, opened_at=at, closes_at=call.closes_at,
    )  # fmt: skip


@transaction.atomic
def amend(
    actor: Person,
    call: Call,
    *,
    at: datetime,
    text: str,
    passages: Sequence[rules.Passage],
    reference: str,
    is_substantive: bool,
    reason: str,
) -> Round:
    """
    Change the text under call. A change of substance starts a fresh, full period.

    It also settles the objections that were upheld: their authors are asked whether they stand.
    Raises Denied unless who leads the call asks; Refused without a reason, once the call has
    ended, or for a mere change of wording after the closing moment.
    """
    ensure(permissions.may_lead(actor, call, at=at))
    lock(call)
    check_not_ended(call)
    reason = required(reason, _("Say what changed and why: people who spoke want to know."))
    last = queries.current_round(call)
    if rules.text_hash(text, passages) == last.hash:
        raise Refused(_("This is the text that is under call already."))
    if not is_substantive and not rules.is_open(at, call.closes_at):
        raise Refused(
            _("The call closed on %(moment)s: a changed text needs a new round.")
            % {"moment": words.moment(call.closes_at)}
        )
    call.follow("amend")
    if is_substantive:
        call.closes_at = rules.closing(at, call.days)
        call.save(update_fields=["closes_at"])
    changed = _freeze(
        call, actor, last.number + 1, text, passages, reference,
        at=at, is_substantive=is_substantive, reason=reason,
    )  # fmt: skip
    settled = _settle(actor, call, at=at) if is_substantive else []
    note(
        actor, "amend", call, at=at,
        items=(item_of_round(changed), *(item_of_turn(t, t.objection) for t in settled)),
        facts={"round": changed.number, "hash": changed.hash, "reference": reference,
               "substantive": is_substantive, "closes_at": call.closes_at.isoformat(),
               "settled": [turn.objection.number for turn in settled]},
    )  # fmt: skip
    index(call)
    if is_substantive:
        letters.tell_round(call, by=actor, reason=reason, at=at)
    for turn in settled:
        letters.ask_whether_it_stands(turn.objection, at=at)
    publish(CallAmended(call.pk, at))
    return changed


def _settle(actor: Person, call: Call, *, at: datetime) -> list[Turn]:
    turns = []
    upheld = Objection.objects.filter(call=call, state=ObjectionState.UPHELD)
    for objection in upheld.select_related("person", "call"):
        objection.follow("settle")
        objection.save(update_fields=["state"])
        turns.append(
            Turn.objects.create(
                objection=objection, kind=TurnKind.SETTLED, by=actor, at=at, salt=a_salt()
            )
        )
    return turns


@transaction.atomic
def defer(actor: Person, call: Call, *, at: datetime, reason: str) -> None:
    """
    Defer a closed call, as when too few answered.

    Raises Denied unless who leads the call asks, Refused before the closing moment or unreasoned.
    """
    ensure(permissions.may_lead(actor, call, at=at))
    lock(call)
    if rules.is_open(at, call.closes_at):
        check_not_ended(call)
        raise Refused(
            _("The call is open until %(moment)s; it can be deferred after that.")
            % {"moment": words.moment(call.closes_at)}
        )
    _end(actor, call, "defer", at=at, reason=reason)
    publish(CallDeferred(call.pk, at))


@transaction.atomic
def withdraw(actor: Person, call: Call, *, at: datetime, reason: str) -> None:
    """Withdraw a call. Raises Denied unless who leads it asks, Refused without a reason."""
    ensure(permissions.may_lead(actor, call, at=at))
    lock(call)
    _end(actor, call, "withdraw", at=at, reason=reason)
    publish(CallWithdrawn(call.pk, at))


def _end(actor: Person, call: Call, verb: str, *, at: datetime, reason: str) -> None:
    reason = required(reason, _("Say why: everyone who spoke may read it."))
    call.follow(verb)
    call.end_reason = reason
    call.ended_at = at
    call.save(update_fields=["state", "end_reason", "ended_at"])
    note(actor, verb, call, at=at, facts={"state": call.state})
    index(call, call.end_reason)
