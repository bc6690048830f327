"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "membership.join": _("%(actor)s joined %(title)s"),
    "membership.leave": _("%(actor)s left %(title)s"),
}
