"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

from intersession.kit.labels import Label
from intersession.outputs.states import Answer, Audience, Kind

PHRASES = {
    "outputs.start_draft": _("%(actor)s started a draft: %(title)s"),
    "outputs.describe": _("%(actor)s changed the description of %(title)s"),
    "outputs.save_version": _("%(actor)s saved a new draft of %(title)s"),
    "outputs.apply_suggestion": _("%(actor)s took over a suggested wording in %(title)s"),
    "outputs.confirm_match": _("%(actor)s tied a paragraph to its earlier wording in %(title)s"),
    "outputs.open_round": _("%(actor)s opened %(title)s to comments"),
    "outputs.move_close": _("%(actor)s moved the end of the comment period on %(title)s"),
    "outputs.comment": _("%(actor)s commented on %(title)s"),
    "outputs.answer_comment": _("%(actor)s answered a comment on %(title)s"),
    "outputs.return_to_draft": _("%(actor)s took %(title)s back into revision"),
    "outputs.declare_dissent_considered": _("%(actor)s declared dissent considered for %(title)s"),
    "outputs.publish": _("%(actor)s published %(title)s"),
    "outputs.revise": _("%(actor)s began a new version of %(title)s"),
    "outputs.confirm_statement": _(
        "%(actor)s confirmed a minority statement for the new version of %(title)s"
    ),
    "outputs.withdraw": _("%(actor)s withdrew %(title)s"),
    "outputs.take_credit": _("%(actor)s said how to be named in %(title)s"),
}


FACTS = {
    "outputs.answer": Label(_("Answer"), dict(Answer.choices)),
    "outputs.attached": Label(_("Minority statements attached")),
    "outputs.audience": Label(_("Open to"), dict(Audience.choices)),
    "outputs.cite": Label(_("Cited as")),
    "outputs.closes_at": Label(_("Closes")),
    "outputs.from": Label(_("Before")),
    "outputs.hash": Label(_("Hash of the text")),
    "outputs.is_agreed": Label(_("Agreed by consensus")),
    "outputs.is_named": Label(_("Named among the authors")),
    "outputs.is_same": Label(_("The same paragraph as before")),
    "outputs.kind": Label(_("Kind"), dict(Kind.choices)),
    "outputs.number": Label(_("Number")),
    "outputs.paragraph": Label(_("Paragraph")),
    "outputs.reason": Label(_("Reason")),
    "outputs.reference": Label(_("Reference")),
    "outputs.round": Label(_("Round")),
    "outputs.statement": Label(_("Minority statement, by number")),
    "outputs.statements": Label(_("Minority statements")),
    "outputs.to": Label(_("After")),
    "outputs.version": Label(_("Draft")),
    "outputs.written_on": Label(_("Written on")),
}
"""How the facts of these entries are named."""
