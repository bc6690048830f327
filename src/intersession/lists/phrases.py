"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "lists.open_list": _("%(actor)s opened the list %(title)s"),
    "lists.archive": _("%(actor)s archived a post to the list %(title)s"),
    "lists.import_archive": _("%(actor)s took an archive into the list %(title)s"),
}
