"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

from intersession.kit.labels import Label
from intersession.membership.states import Kind

PHRASES = {
    "membership.join": _("%(actor)s joined %(title)s"),
    "membership.leave": _("%(actor)s left %(title)s"),
}


FACTS = {
    "membership.kind": Label(_("Belongs as"), dict(Kind.choices)),
}
"""How the facts of these entries are named."""
