"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

from intersession.decisions.states import (
    CallState,
    Doubt,
    Level,
    ObjectionState,
    Role,
    Stance,
    TurnKind,
)
from intersession.kit.labels import Label

PHRASES = {
    "decisions.open_call": _("%(actor)s called for consensus on %(title)s"),
    "decisions.amend": _("%(actor)s changed the text under call: %(title)s"),
    "decisions.take_position": _("%(actor)s took a position on %(title)s"),
    "decisions.propose_position": _("A mail proposed a position on %(title)s"),
    "decisions.undo_position": _("%(actor)s undid a position on %(title)s"),
    "decisions.answer_objection": _("%(actor)s answered an objection to %(title)s"),
    "decisions.say_understood": _("%(actor)s said whether an answer had understood: %(title)s"),
    "decisions.dispose": _("%(actor)s disposed of an objection to %(title)s"),
    "decisions.withdraw_objection": _("%(actor)s withdrew an objection to %(title)s"),
    "decisions.confirm_stands": _("%(actor)s said that an objection still stands: %(title)s"),
    "decisions.determine": _("%(actor)s determined the call on %(title)s"),
    "decisions.correct": _("%(actor)s added a correction to the determination on %(title)s"),
    "decisions.defer": _("%(actor)s deferred the call on %(title)s"),
    "decisions.withdraw": _("%(actor)s withdrew the call on %(title)s"),
    "decisions.draft_statement": _("%(actor)s drafted a minority statement on %(title)s"),
    "decisions.file_statement": _("%(actor)s filed a minority statement on %(title)s"),
    "decisions.cosign": _("%(actor)s asked somebody to sign a minority statement on %(title)s"),
    "decisions.confirm_cosign": _("%(actor)s signed a minority statement on %(title)s"),
    "decisions.withdraw_statement": _("%(actor)s withdrew a minority statement on %(title)s"),
    "decisions.decline_invitation": _("%(actor)s will not write a minority statement on %(title)s"),
}


FACTS = {
    "decisions.asked": Label(_("People asked")),
    "decisions.by_mail": Label(_("By mail")),
    "decisions.closes_at": Label(_("Closes")),
    "decisions.doubt": Label(_("Why it is only proposed"), dict(Doubt.choices)),
    "decisions.hash": Label(_("Hash of the text")),
    "decisions.leaves": Label(_("Statements counted in the seal")),
    "decisions.level": Label(_("Level of agreement"), dict(Level.choices)),
    "decisions.may_publish": Label(_("May be published")),
    "decisions.objection": Label(_("Objection, by number")),
    "decisions.reference": Label(_("Text it is about")),
    "decisions.role": Label(_("Signs as"), dict(Role.choices)),
    "decisions.root": Label(_("Seal over everything that was said")),
    "decisions.round": Label(_("Round")),
    "decisions.settled": Label(_("Objections settled, by number")),
    "decisions.stance": Label(_("Position"), dict(Stance.choices)),
    "decisions.state": Label(
        _("State since"), {**dict(CallState.choices), **dict(ObjectionState.choices)}
    ),
    "decisions.statement": Label(_("Minority statement, by number")),
    "decisions.substantive": Label(_("A change of substance")),
    "decisions.taken_back": Label(_("Objections taken back, by number")),
    "decisions.turn": Label(_("Answer to the objection"), dict(TurnKind.choices)),
}
"""How the facts of these entries are named."""
