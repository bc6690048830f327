"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "journal.checkpoint": _("%(actor)s published a checkpoint of the record: %(title)s"),
}
