"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

from intersession.kit.labels import Label

PHRASES = {
    "journal.checkpoint": _("%(actor)s published a checkpoint of the record: %(title)s"),
}


FACTS = {
    "journal.count": Label(_("Entries up to here")),
    "journal.hash": Label(_("Hash of the last entry")),
}
"""How the facts of these entries are named."""
