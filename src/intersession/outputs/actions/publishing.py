"""Publishing with dissent, beginning again, withdrawing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.decisions.actions import ensure_frozen
from intersession.decisions.queries import dissent_considered, gate
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish as tell
from intersession.outputs import letters, permissions, queries
from intersession.outputs.actions.dissent import carry_on
from intersession.outputs.actions.texts import passages_of
from intersession.outputs.actions.trace import enter, lock, put_in_search
from intersession.outputs.events import OutputPublished, OutputWithdrawn
from intersession.outputs.models import CarriedStatement, Declaration, Output, Publication, Version
from intersession.outputs.queries.dissent import attached
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
    It can be made anew where statements were filed or withdrawn since; the record keeps both.
    """
    ensure(permissions.may_publish(actor, output, at=at))
    lock(output)
    version = queries.latest_version(output)
    if version.call is None or output.state not in (State.AGREED, State.NOT_AGREED):
        raise Refused(_("Dissent is considered once the call for consensus is determined."))
    if not (answer := dissent_considered(version.call, at)):
        raise Refused(answer.reason)
    received = attached(version.call)
    before = Declaration.objects.filter(version=version).first()
    if before is not None and before.attached == received:
        raise Refused(_("The declaration was made already."))
    if reason := may_declare(len(received), none_received=none_received):
        raise Refused(reason)
    said = {"by": actor, "at": at, "statements": len(received), "attached": received}
    declared, _new = Declaration.objects.update_or_create(version=version, defaults=said)
    enter(
        actor, "declare_dissent_considered", output, at=at, url=output.draft_url(),
        facts={"version": version.number, "statements": len(received),
               "attached": [one["key"] for one in received]},
        digests={one["key"]: one["digest"] for one in received},
    )  # fmt: skip
    return declared


@transaction.atomic
def publish(actor: Person, output: Output, *, at: datetime) -> Publication:
    """
    Publish the determined text, with who stood where and every minority statement.

    A text that was not agreed is published as a discussion paper, not agreed. Raises Denied unless
    a coordinator or editor of the coalition asks, Refused until the gate is open, the declaration
    made (and still true) and an abstract written, or where the text is not the one called on.
    """
    ensure(permissions.may_publish(actor, output, at=at))
    lock(output)
    version = queries.latest_version(output)
    is_agreed = output.state == State.AGREED
    declared = _ensure_gate(output, version, is_agreed=is_agreed, at=at)
    verb = "publish" if is_agreed else "publish_for_discussion"
    entered = LIFE.after(verb, State(output.state))
    before = queries.current_publication(output)
    published = Publication(
        output=output, version=version, declaration=declared, by=actor, published_at=at,
        number=output.publications.count() + 1, is_agreed=is_agreed,
        title=output.title, abstract=output.abstract,
    )  # fmt: skip
    if before:
        _end(before, "supersede", at=at)
    published.save()
    carried = carry_on(before, published)
    output.state, output.touched_at = entered, at
    output.save(update_fields=["state", "touched_at"])
    sealed = [*declared.attached, *carried]
    enter(
        actor, "publish", output, at=at, url=published.get_absolute_url(),
        facts={"cite": cited(output.reference, published.number), "is_agreed": is_agreed,
               "hash": version.hash, "statements": declared.statements,
               "attached": [one["key"] for one in sealed]},
        digests={one["key"]: one["digest"] for one in sealed},
    )  # fmt: skip
    letters.tell_published(published, at=at)
    put_in_search(output, at=at)
    tell(OutputPublished(published.pk, at))
    return published


def _ensure_gate(output: Output, version: Version, *, is_agreed: bool, at: datetime) -> Declaration:
    """Return the declaration; raise Refused where something is missing before publication."""
    if version.call is None:
        raise Refused(_("No call for consensus was held on this text."))
    ensure_frozen(version.call, version.text, passages_of(version))
    answer = gate(version.call, at) if is_agreed else dissent_considered(version.call, at)
    if not answer:
        raise Refused(answer.reason)
    declared = Declaration.objects.filter(version=version).first()
    if declared is None:
        raise Refused(_("Somebody has to declare first that dissent was considered."))
    if declared.attached != attached(version.call):
        raise Refused(
            _(
                "The minority statements changed since the declaration of %(name)s: declare anew "
                "that dissent was considered."
            )
            % {"name": declared.by}
        )
    if not output.abstract.strip():
        raise Refused(_("An output is published with an abstract: write one first."))
    return declared


def _end(publication: Publication, verb: str, *, at: datetime) -> None:
    publication.follow(verb)
    publication.ended_at = at
    publication.save(update_fields=["state", "ended_at"])


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
