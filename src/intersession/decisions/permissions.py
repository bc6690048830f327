"""Who may do what in a call. What is possible now is the law of the verbs; this is who."""

from datetime import datetime

from django.utils.translation import gettext as _

from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import holds_office
from intersession.coalitions.states import Office
from intersession.decisions import queries
from intersession.decisions.models import (
    Call,
    Invitation,
    Objection,
    Position,
    Proposal,
    Signature,
    Statement,
)
from intersession.decisions.queries.dissent import is_author
from intersession.kit.answers import YES, Answer, no
from intersession.membership.queries import belongs
from intersession.people.models import Person


def may_open_call(person: Person | None, coalition: Coalition, *, at: datetime) -> Answer:
    """A coordinator or an editor of the coalition calls for consensus."""
    offices = (Office.COORDINATOR, Office.EDITOR)
    if person is not None and holds_office(person, coalition, *offices, at=at):
        return YES
    return no(_("Only a coordinator or an editor of the coalition calls for consensus."))


def may_lead(person: Person | None, call: Call, *, at: datetime) -> Answer:
    """The caller, or a coordinator of the coalition, leads a call."""
    if person is not None and (
        person.pk == call.caller_id
        or holds_office(person, call.coalition, Office.COORDINATOR, at=at)
    ):
        return YES
    return no(_("Only the caller or a coordinator of the coalition leads this call."))


def may_determine(person: Person | None, call: Call, *, at: datetime) -> Answer:
    """Whoever leads the call and has not objected in it."""
    leads = may_lead(person, call, at=at)
    if leads and person is not None and queries.has_objected(person, call):
        return no(_("You have objected in this call: somebody else has to determine it."))
    return leads


def may_take_position(person: Person | None, call: Call, *, at: datetime) -> Answer:
    """Members and observers of the coalition speak; observers are shown apart."""
    if person is None:
        return no(_("Sign in to take a position."))
    if not belongs(person, call.coalition, at=at):
        return no(
            _("Members of the coalition take positions. Joining is open to everybody; join first.")
        )
    return YES


def may_dispose(person: Person | None, objection: Objection, *, at: datetime) -> Answer:
    """Whoever leads the call, but nobody of an objection of their own."""
    if person is not None and person.pk == objection.person_id:
        return no(_("Nobody answers or disposes of an objection of their own."))
    return may_lead(person, objection.call, at=at)


def may_speak_for(person: Person | None, objection: Objection) -> Answer:
    """Only the objector withdraws, says whether it stands and whether they were understood."""
    if person is not None and person.pk == objection.person_id:
        return YES
    return no(_("Only the person who objected may do this."))


def may_file_statement(person: Person | None, call: Call) -> Answer:
    """Everyone who took part may file a minority statement."""
    if person is not None and queries.has_taken_part(person, call):
        return YES
    return no(_("Everyone who took a position in the call may file a minority statement."))


def may_sign_for(person: Person | None, statement: Statement) -> Answer:
    """Only its authors ask for signatures, change, file or withdraw a statement."""
    if is_author(person, statement):
        return YES
    return no(_("Only its authors may do this."))


def may_confirm(person: Person | None, signature: Signature) -> Answer:
    """Nobody signs for somebody else."""
    if person is not None and person.pk == signature.person_id:
        return YES
    return no(_("Only the person who was asked may sign."))


def may_decline(person: Person | None, invitation: Invitation) -> Answer:
    """Only who was invited declines."""
    if person is not None and person.pk == invitation.person_id:
        return YES
    return no(_("Only the person who was invited may decline."))


def may_confirm_proposal(person: Person | None, proposal: Proposal) -> Answer:
    """Only the person whose position a mail proposed makes it one."""
    if person is not None and person.pk == proposal.person_id:
        return YES
    return no(_("Only the person whose position was proposed may confirm it."))


def may_undo(person: Person | None, said: Position) -> Answer:
    """Only who took a position by mail undoes it."""
    if person is not None and person.pk == said.person_id:
        return YES
    return no(_("Only the person who took the position may undo it."))
