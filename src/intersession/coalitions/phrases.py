"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

from intersession.coalitions.states import Office
from intersession.kit.labels import Label

PHRASES = {
    "coalitions.seat": _("%(actor)s gave an office in %(title)s"),
    "coalitions.edit_page": _("%(actor)s edited the page of %(title)s"),
    "coalitions.confirm_page": _("%(actor)s confirmed that the page of %(title)s is right"),
    "coalitions.load": _("The platform read the registry of coalitions"),
}


FACTS = {
    "coalitions.fields": Label(
        _("What was changed"),
        {
            "contact": _("Contact"),
            "focus": _("Overview"),
            "links": _("Links"),
            "list_address": _("Address of its mailing list"),
            "list_archive_url": _("Archive of the list elsewhere"),
            "list_subscribe_url": _("Where to subscribe to the list"),
            "website": _("Website"),
        },
    ),
    "coalitions.confirmed": Label(_("Confirmed by the coalition")),
    "coalitions.digest": Label(_("Digest of the files that were read")),
    "coalitions.counts": Label(
        _("What became of what was read"),
        {
            "coalitions": _("coalitions"),
            "themes": _("themes"),
            "outputs": _("outputs"),
            "uptake": _("uptake"),
            "created": _("new"),
            "updated": _("renewed"),
            "unchanged": _("unchanged"),
            "kept": _("kept, because people edited it"),
        },
    ),
    "coalitions.office": Label(_("Office"), dict(Office.choices)),
}
"""How the facts of these entries are named."""
