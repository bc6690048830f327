"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "coalitions.seat": _("%(actor)s gave an office in %(title)s"),
    "coalitions.edit_page": _("%(actor)s edited the page of %(title)s"),
    "coalitions.confirm_page": _("%(actor)s confirmed that the page of %(title)s is right"),
    "coalitions.load": _("The platform read the registry of coalitions"),
}
