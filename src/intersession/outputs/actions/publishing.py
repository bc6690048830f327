"""Publishing with dissent, beginning again, withdrawing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.decisions.models import Call, Signature, Statement
from intersession.decisions.queries import dissent_considered, gate, statements
from intersession.decisions.states import CallState, StatementState
from intersession.decisions.states import Role as Signed
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish as tell
from intersession.outputs import letters, permissions, queries
from intersession.outputs.actions.trace import enter, lock, put_in_search
from intersession.outputs.events import OutputPublished, OutputWithdrawn
from intersession.outputs.models import CarriedStatement, Declaration, Output, Publication, Version
from intersession.outputs.models.publications import ON_A_DRAFT
from intersession.outputs.rules.gate import may_declare
from intersession.outputs.rules.reference import cited
from intersession.outputs.states import LIFE, State
from intersession.people.models import Person


@transaction.atomic
def declare_dissent_considered(
    actor: Person, output: Output, *, at: datetime, none_received: bool
) -> Declaration:
    """
    Declare that dissent was considered: none was received, or what was is attached.

    Raises Denied unless a coordinator or editor of the coalition asks; Refused before the call is
    determined and every invitation answered or past its end, where it is untrue, or was made.
    """
    ensure(permissions.may_publish(actor, output, at=at))
    lock(output)
    version = queries.latest_version(output)
    if version.call is None or output.state not in (State.AGREED, State.NOT_AGREED):
        raise Refused(_("Dissent is considered once the call for consensus is determined."))
    if not (answer := dissent_considered(version.call, at)):
        raise Refused(answer.reason)
    if Declaration.objects.filter(version=version).exists():
        raise Refused(_("The declaration was made already."))
    received = _received(version.call)
    if reason := may_declare(received, none_received=none_received):
        raise Refused(reason)
    declared = Declaration.objects.create(version=version, by=actor, at=at, statements=received)
    enter(
        actor, "declare_dissent_considered", output, at=at, url=output.draft_url(),
        facts={"version": version.number, "statements": received},
    )  # fmt: skip
    return declared


@transaction.atomic
def publish(actor: Person, output: Output, *, at: datetime) -> Publication:
    """
    Publish the determined text, with who stood where and every minority statement.

    A text that was not agreed is published as a discussion paper, not agreed. Raises Denied unless
    a coordinator or editor of the coalition asks, Refused until the gate is open, the declaration
    made (and still true) and an abstract written.
    """
    ensure(permissions.may_publish(actor, output, at=at))
    lock(output)
    version = queries.latest_version(output)
    is_agreed = output.state == State.AGREED
    verb = "publish" if is_agreed else "publish_for_discussion"
    entered = LIFE.after(verb, State(output.state))
    declared = _ensure_gate(output, version, is_agreed=is_agreed, at=at)
    before = queries.current_publication(output)
    published = Publication(
        output=output, version=version, declaration=declared, by=actor, published_at=at,
        number=output.publications.count() + 1, is_agreed=is_agreed,
        title=output.title, abstract=output.abstract,
    )  # fmt: skip
    if before:
        _end(before, "supersede", at=at)
    published.save()
    _carry_on(before, published)
    output.state, output.touched_at = entered, at
    output.save(update_fields=["state", "touched_at"])
    enter(
        actor, "publish", output, at=at, url=published.get_absolute_url(),
        facts={"cite": cited(output.reference, published.number), "is_agreed": is_agreed,
               "hash": version.hash, "statements": declared.statements},
    )  # fmt: skip
    letters.tell_published(published, at=at)
    put_in_search(output, at=at)
    tell(OutputPublished(published.pk, at))
    return published


def _ensure_gate(output: Output, version: Version, *, is_agreed: bool, at: datetime) -> Declaration:
    """Return the declaration; raise Refused where something is missing before publication."""
    if version.call is None:
        raise Refused(_("No call for consensus was held on this text."))
    answer = gate(version.call, at) if is_agreed else dissent_considered(version.call, at)
    if not answer:
        raise Refused(answer.reason)
    declared = Declaration.objects.filter(version=version).first()
    if declared is None:
        raise Refused(_("Somebody has to declare first that dissent was considered."))
    if declared.statements != _received(version.call):
        raise Refused(
            _("The minority statements changed since the declaration of %(name)s.")
            % {"name": declared.by}
        )
    if not output.abstract.strip():
        raise Refused(_("An output is published with an abstract: write one first."))
    return declared


def _end(publication: Publication, verb: str, *, at: datetime) -> None:
    publication.follow(verb)
    publication.ended_at = at
    publication.save(update_fields=["state", "ended_at"])


def _received(call: Call) -> int:
    """Count the statements on this call, and those on calls before it that nobody replaced."""
    return len(statements(call)) + len(_of_earlier_calls(call))


def _of_earlier_calls(call: Call) -> list[Statement]:
    """List statements on calls for the same version, whose text went back to draft since."""
    others = Call.objects.filter(
        coalition=call.coalition_id, reference=call.reference, state=CallState.DETERMINED
    ).exclude(pk=call.pk)
    found = Statement.objects.filter(call__in=others, state=StatementState.FILED)
    speak_anew = _authors(statement__call=call, statement__state=StatementState.FILED)
    return [one for one in found if not _authors(statement=one) & speak_anew]


def _carry_on(before: Publication | None, published: Publication) -> None:
    """Carry every statement along, unless one of its authors wrote anew on the new text."""
    call = published.version.call
    earlier = [(one, ON_A_DRAFT) for one in _of_earlier_calls(call)] if call else []
    if before:
        earlier += _on_the_version(before, call)
    CarriedStatement.objects.bulk_create(
        CarriedStatement(publication=published, statement=statement, written_on=written_on)
        for statement, written_on in earlier
    )


def _on_the_version(before: Publication, new_call: Call | None) -> list[tuple[Statement, int]]:
    """List the statements that stand beside a version, but those whose authors wrote anew."""
    speak_anew = _authors(statement__call=new_call, statement__state=StatementState.FILED)
    shown = [
        *((one.statement, one.written_on) for one in before.carried.select_related("statement")),
        *(
            (one, before.number)
            for one in Statement.objects.filter(
                call=before.version.call, state=StatementState.FILED
            )
        ),
    ]
    return [
        (statement, written_on)
        for statement, written_on in shown
        if statement.state == StatementState.FILED
        and not _authors(statement=statement) & speak_anew
    ]


def _authors(**of: Any) -> set[int]:
    """Return who signed as author and confirmed it; who was only asked, or co-signs, is none."""
    rows = Signature.objects.filter(role=Signed.AUTHOR, **of).exclude(confirmed_at=None)
    return set(rows.values_list("person", flat=True))


@transaction.atomic
def confirm_statement(actor: Person, carried: CarriedStatement, *, at: datetime) -> None:
    """Say that a carried statement holds for the new version too. Raises Denied but to authors."""
    ensure(permissions.may_confirm(actor, carried))
    lock(carried.publication.output)
    carried.refresh_from_db(fields=["confirmed_at"])
    if carried.confirmed_at is not None:
        raise Refused(_("This statement was confirmed for this version already."))
    carried.confirmed_by, carried.confirmed_at = actor, at
    carried.save(update_fields=["confirmed_by", "confirmed_at"])
    publication = carried.publication
    enter(
        actor, "confirm_statement", publication.output, at=at, url=publication.get_absolute_url(),
        facts={"statement": carried.statement.number, "written_on": carried.written_on,
               "version": publication.number},
    )  # fmt: skip


@transaction.atomic
def revise(actor: Person, output: Output, *, at: datetime) -> None:
    """
    Begin a new version of what is published, which holds until the new one is published.

    Raises Denied unless the actor edits the work, Refused unless it is published.
    """
    ensure(permissions.may_edit(actor, output, at=at))
    lock(output)
    output.follow("revise")
    output.touched_at = at
    output.save(update_fields=["state", "touched_at"])
    enter(actor, "revise", output, at=at, url=output.draft_url())


@transaction.atomic
def withdraw(actor: Person, output: Output, *, at: datetime, reason: str) -> None:
    """
    Withdraw a work: its page says why, and its texts stay readable behind that.

    Raises Denied unless a coordinator of the coalition or the Secretariat asks, Refused without a
    reason or while a call is open.
    """
    ensure(permissions.may_withdraw(actor, output, at=at))
    lock(output)
    if not reason.strip():
        raise Refused(_("Say why: the reason stands in the place of the output."))
    output.follow("withdraw")
    output.withdrawn_at, output.withdrawn_because, output.touched_at = at, reason.strip(), at
    output.save(update_fields=["state", "withdrawn_at", "withdrawn_because", "touched_at"])
    if published := queries.current_publication(output):
        _end(published, "withdraw", at=at)
    enter(actor, "withdraw", output, at=at, facts={"reason": reason.strip()})
    put_in_search(output, at=at)
    tell(OutputWithdrawn(output.pk, at))
