"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

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
