"""Who may do what with a work. What is possible now is the law of the verbs; this is who."""

from datetime import datetime

from django.utils.translation import gettext as _

from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import holds_office
from intersession.coalitions.states import Office
from intersession.decisions.permissions import may_open_call
from intersession.decisions.queries import is_author
from intersession.kit.answers import YES, Answer, no
from intersession.membership.queries import belongs
from intersession.outputs import queries
from intersession.outputs.models import CarriedStatement, CommentRound, Contributor, Output
from intersession.outputs.states import Audience
from intersession.people.models import Person


def may_start(person: Person | None, coalition: Coalition, *, at: datetime) -> Answer:
    """Whoever belongs to the coalition, or holds an office in it, starts a draft."""
    if person is None:
        return no(_("Sign in to start a draft."))
    if belongs(person, coalition, at=at) or holds_office(person, coalition, at=at):
        return YES
    return no(_("Members of the coalition start drafts. Joining is open to everybody; join first."))


def may_edit(person: Person | None, output: Output, *, at: datetime) -> Answer:
    """The editors of the work, and the coordinators and editors of its coalition."""
    if queries.is_editor(person, output, at=at):
        return YES
    return no(_("Only the editors of this draft or the coordinators of the coalition may do this."))


def may_comment(person: Person | None, period: CommentRound, *, at: datetime) -> Answer:
    """Whoever the comment period is for."""
    if person is None:
        return no(_("Sign in to comment."))
    if period.audience == Audience.EVERYONE or belongs(person, period.output.coalition, at=at):
        return YES
    return no(_("This comment period is for members. Joining is open to everybody; join first."))


def may_propose_call(person: Person | None, output: Output, *, at: datetime) -> Answer:
    """A coordinator or an editor of the coalition, as for every call."""
    return may_open_call(person, output.coalition, at=at)


def may_publish(person: Person | None, output: Output, *, at: datetime) -> Answer:
    """A coordinator or an editor of the coalition answers for what it publishes."""
    if person is not None and holds_office(person, output.coalition, *queries.OFFICES, at=at):
        return YES
    return no(_("Only a coordinator or an editor of the coalition publishes its outputs."))


def may_withdraw(person: Person | None, output: Output, *, at: datetime) -> Answer:
    """A coordinator of the coalition, or the Secretariat where nobody coordinates any more."""
    if person is not None and (
        person.is_secretariat or holds_office(person, output.coalition, Office.COORDINATOR, at=at)
    ):
        return YES
    return no(_("Only a coordinator of the coalition or the Secretariat withdraws an output."))


def may_confirm(person: Person | None, carried: CarriedStatement) -> Answer:
    """Only its authors say that a minority statement holds for a new version too."""
    if is_author(person, carried.statement):
        return YES
    return no(_("Only the authors of this minority statement may do this."))


def may_take_credit(person: Person | None, contributor: Contributor) -> Answer:
    """Each decides alone how to be named."""
    if person is not None and person.pk == contributor.person_id:
        return YES
    return no(_("Only the person named may change this."))


def no_period() -> Answer:
    """Nobody comments while no comment period is open."""
    return no(_("No comment period is open now."))
