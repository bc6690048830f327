"""The way to a call for consensus and back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.decisions import actions as decisions
from intersession.decisions.models import Call, Round
from intersession.decisions.permissions import may_lead
from intersession.kit.answers import Refused, ensure
from intersession.outputs import permissions, queries
from intersession.outputs.actions.answering import tell_commenters
from intersession.outputs.actions.texts import passages_of, write_version
from intersession.outputs.actions.trace import enter, lock, locked, put_in_search
from intersession.outputs.actions.writing import Stale
from intersession.outputs.models import Output, Version
from intersession.outputs.rules.gate import Check, is_ready
from intersession.outputs.rules.reference import cited
from intersession.outputs.states import LIFE, State
from intersession.people.models import Person


@transaction.atomic
def propose_call(
    actor: Person,
    output: Output,
    *,
    at: datetime,
    question: str,
    closes_at: datetime | None = None,
    open_comments_reason: str = "",
) -> Call:
    """
    Put the text as it stands to the coalition for consensus. The call's own entry records it.

    Raises Denied unless a coordinator or editor of the coalition asks; Refused while a condition
    of the procedure is not met: comment periods, answers (or a stated reason), doubtful matches.
    """
    ensure(permissions.may_propose_call(actor, output, at=at))
    lock(output)
    state = queries.state_at(output, at=at)
    checks = queries.checks_of(output, at=at)
    if not is_ready(checks, open_comments_reason):
        raise Refused(" ".join(check.words for check in checks if not check.is_met))
    entered = LIFE.after("propose_call", state)
    version = queries.latest_version(output)
    call = decisions.open_call(
        actor,
        output.coalition,
        at=at,
        title=output.title,
        question=_with_reason(question, checks[1], open_comments_reason),
        text=version.text,
        passages=passages_of(version),
        reference=next_reference(output),
        address=output.draft_url(),
        closes_at=closes_at,
    )
    output.state = entered
    _freeze(output, version, call, at=at)
    tell_commenters(version, at=at)
    put_in_search(output, at=at)
    return call


def next_reference(output: Output) -> str:
    """Return what the text will be cited as once it is published."""
    return cited(output.reference, output.publications.count() + 1)


def _with_reason(question: str, answered: Check, reason: str) -> str:
    if answered.is_met or not question.strip():
        return question
    return _("%(question)s\n\n%(words)s The editors say why: %(reason)s") % {
        "question": question.strip(),
        "words": answered.words,
        "reason": reason.strip(),
    }


def _freeze(output: Output, version: Version, call: Call, *, at: datetime) -> None:
    version.call, version.is_snapshot = call, True
    version.save(update_fields=["call", "is_snapshot"])
    output.touched_at = at
    output.save(update_fields=["state", "touched_at"])


@transaction.atomic
def amend(
    actor: Person,
    output: Output,
    *,
    at: datetime,
    text: str,
    base: int,
    is_substantive: bool,
    reason: str,
) -> Round:
    """
    Change the text under call by a new version. The call's own entry records it.

    Raises Denied unless who leads the call asks; Refused as `decisions.actions.amend` does, and
    where no call is open; Stale where somebody saved since `base`.
    """
    call = queries.latest_version(output).call
    if call is None:
        raise Refused(_("No call on this text is open."))
    ensure(may_lead(actor, call, at=at))
    work = locked(output.pk)
    before = queries.latest_version(work)
    if work.state != State.CALL or before.call != call:
        raise Refused(_("No call on this text is open."))
    if before.number != base:
        raise Stale(base, before.number)
    if not reason.strip():
        raise Refused(_("Say what changed and why: people who spoke want to know."))
    version = write_version(work, text, by=actor, at=at, note=reason)
    changed = decisions.amend(
        actor,
        call,
        at=at,
        text=version.text,
        passages=passages_of(version),
        reference=next_reference(work),
        is_substantive=is_substantive,
        reason=reason,
    )
    _freeze(work, version, call, at=at)
    put_in_search(work, at=at)
    return changed


@transaction.atomic
def return_to_draft(actor: Person, output: Output, *, at: datetime, reason: str) -> None:
    """
    Take a text that was determined back into revision.

    Raises Denied unless the actor edits the work, Refused without a reason or where there is
    nothing to take back.
    """
    ensure(permissions.may_edit(actor, output, at=at))
    lock(output)
    if not reason.strip():
        raise Refused(_("Say why the text goes back: those who took a position want to know."))
    output.follow("return_to_draft")
    output.touched_at = at
    output.save(update_fields=["state", "touched_at"])
    enter(
        actor, "return_to_draft", output, at=at, url=output.draft_url(),
        facts={"reason": reason.strip()},
    )  # fmt: skip
    put_in_search(output, at=at)
