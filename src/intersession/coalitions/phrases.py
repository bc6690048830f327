"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "coalitions.seat": _("%(actor)s gave an office in %(title)s"),
    "coalitions.load": _("The platform read the registry of coalitions"),
}
