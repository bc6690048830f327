"""Declaring how a call ended, and correcting that by a later word."""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intersession.decisions import letters, permissions, queries, rules
from intersession.decisions.actions.noting import (
    a_salt,
    check_not_ended,
    index,
    lock,
    note,
    required,
)
from intersession.decisions.events import CallDetermined
from intersession.decisions.models import (
    Call,
    Correction,
    Determination,
    Invitation,
    Objection,
    Signature,
)
from intersession.decisions.queries.frozen import Item, item_of_determination
from intersession.decisions.states import (
    BLOCKING,
    NOT_ACCOMMODATED,
    Level,
    Reply,
    StatementState,
)
from intersession.kit import words
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.people.models import Person

alarm = logging.getLogger("intersession.decisions")


@transaction.atomic
def determine(
    actor: Person,
    call: Call,
    *,
    at: datetime,
    level: Level,
    summary: str,
    reopens: str,
    options: str = "",
) -> Determination:
    """
    Declare a level and freeze the record under a Merkle root.

    Raises Denied unless who leads the call asks and has not objected; Refused before the closing
    moment, while an objection is undisposed or upheld, with too few voices, for a level that the
    positions do not carry, or where a text is not the one that was frozen, which raises an alarm.
    """
    ensure(permissions.may_determine(actor, call, at=at))
    lock(call)
    check_not_ended(call)
    check_texts(call)
    _check_ripe(call, at=at)
    _check_level(call, level)
    end = Determination(
        call=call, by=actor, level=level, at=at, salt=a_salt(), options=options.strip(),
        summary=required(summary, _("Write what was decided, with the significant objections.")),
        reopens=required(reopens, _("Write what new information would reopen the decision.")),
        statements_due_at=rules.closing(at, call.statement_days),
        appeal_until=rules.closing(at, call.appeal_days),
        silent=queries.standing(call).silent,
    )  # fmt: skip
    call.follow("determine")
    call.ended_at = at
    call.save(update_fields=["state", "ended_at"])
    leaves = [item.leaf() for item in queries.items(call, end)]
    end.leaves, end.root = [asdict(leaf) for leaf in leaves], rules.root(leaves)
    end.save(force_insert=True)
    may_publish = level in call.publishable
    note(
        actor, "determine", call, at=at, items=(item_of_determination(end),),
        facts={"level": level.value, "root": end.root, "leaves": len(leaves),
               "may_publish": may_publish},
    )  # fmt: skip
    index(call, str(level.label), end.summary, end.reopens)
    _invite(call, end, at=at)
    letters.tell_determined(end, _speakers(call, but=actor), at=at)
    publish(CallDetermined(call.pk, level.value, may_publish, at))
    return end


def check_texts(call: Call) -> None:
    """Raise Refused, and an alarm in the log, where a text is not the one that was frozen."""
    recorded = queries.recorded_hashes(call)
    for text in call.rounds.order_by("number"):
        if not text.is_untouched() or recorded.get(text.number) != text.hash:
            alarm.error("The text of round %s of call %s was tampered with", text.number, call.slug)
            raise Refused(
                _(
                    "The text of round %(number)s is not the one that was frozen at its opening. "
                    "Nothing can be determined or published; the operators of this site have been "
                    "alarmed."
                )
                % {"number": text.number}
            )


def ensure_frozen(call: Call, text: str, passages: Sequence[rules.Passage]) -> None:
    """
    Lock a call, and raise Refused, with an alarm in the log, unless this is its frozen text.

    Whoever publishes what a call decided asks this first.
    """
    lock(call)
    check_texts(call)
    last = queries.current_round(call)
    if rules.text_hash(text, passages) != last.hash:
        alarm.error("The text to be published is not that of call %s", call.slug)
        raise Refused(
            _(
                "The text is not the one that the coalition was asked about in round %(number)s. "
                "Nothing can be published; the operators of this site have been alarmed."
            )
            % {"number": last.number}
        )


def _check_ripe(call: Call, *, at: datetime) -> None:
    if rules.is_open(at, call.closes_at):
        raise Refused(
            _("The call is open until %(moment)s; it can be determined after that.")
            % {"moment": words.moment(call.closes_at)}
        )
    blocking = Objection.objects.filter(call=call, state__in=BLOCKING).count()
    if blocking:
        raise Refused(
            ngettext(
                "%(n)s objection is not disposed of yet, or is upheld. It comes first.",
                "%(n)s objections are not disposed of yet, or are upheld. They come first.",
                blocking,
            )
            % {"n": blocking}
        )


def _check_level(call: Call, level: Level) -> None:
    tally, rule = queries.tally(call), call.rule()
    if not (heard := rules.enough(tally, rule)):
        raise Refused(heard.reason)
    if not (answer := rules.level_table(tally, rule)[level]):
        raise Refused(answer.reason)


def _invite(call: Call, end: Determination, *, at: datetime) -> None:
    """Invite everyone whose objection was not accommodated, once; a filed statement answers it."""
    signed = set(
        Signature.objects.filter(statement__call=call, statement__state=StatementState.FILED)
        .exclude(confirmed_at=None)
        .values_list("person", flat=True)
    )
    invited: set[int] = set()
    objections = Objection.objects.filter(call=call, state__in=NOT_ACCOMMODATED)
    for objection in objections.select_related("person").order_by("number"):
        if objection.person_id in invited:
            continue
        invited.add(objection.person_id)
        has_signed = objection.person_id in signed
        invitation = Invitation.objects.create(
            call=call, person=objection.person, objection=objection, at=at,
            due_at=end.statements_due_at,
            reply=Reply.FILED if has_signed else "", replied_at=at if has_signed else None,
        )  # fmt: skip
        if not has_signed:
            letters.invite(invitation, at=at)


def _speakers(call: Call, *, but: Person) -> list[Person]:
    positions = call.positions.filter(is_current=True).exclude(person=but)
    return [position.person for position in positions.select_related("person").order_by("pk")]


@transaction.atomic
def correct(actor: Person, call: Call, *, at: datetime, words: str) -> Correction:
    """
    Add a later word to a determination, which itself stays as it was frozen.

    Raises Denied unless who leads the call asks, Refused before a determination.
    """
    ensure(permissions.may_lead(actor, call, at=at))
    end = Determination.objects.filter(call=call).first()
    if end is None:
        raise Refused(_("There is no determination to correct."))
    written = required(words, _("Write the correction."))
    correction = Correction.objects.create(
        determination=end, by=actor, words=written, salt=a_salt(), at=at
    )
    item = Item("correction", str(correction.pk), correction.salt, {"words": written})
    note(actor, "correct", call, thing=correction, at=at, items=(item,))
    return correction
