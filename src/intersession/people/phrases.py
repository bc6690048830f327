"""How this app's journal entries read. All but those about the Secretariat are private."""

from django.utils.translation import gettext_lazy as _

from intersession.kit.labels import Label
from intersession.people.states import Text

PHRASES = {
    "people.arrive": _("%(actor)s signed in for the first time"),
    "people.describe": _("%(actor)s changed their description"),
    "people.consent": _("%(actor)s accepted %(title)s"),
    "people.withdraw_consent": _("%(actor)s took back the acceptance of %(title)s"),
    "people.add_address": _("%(actor)s added an address"),
    "people.remove_address": _("%(actor)s removed an address"),
    "people.make_primary": _("%(actor)s chose another main address"),
    "people.invite_secretariat": _("The operator invited somebody to be Secretariat"),
    "people.become_secretariat": _("%(actor)s became Secretariat by a one-time link"),
    "people.choose_language": _("%(actor)s chose another language"),
}


FACTS = {
    "people.fields": Label(
        _("What was changed"),
        {
            "affiliation": _("Affiliation"),
            "country": _("Country or territory"),
            "group": _("Stakeholder group"),
            "languages": _("Languages you work in"),
            "name": _("Name"),
            "region": _("UN region"),
            "shown": _("Show to everyone"),
            "zone": _("Time zone"),
        },
    ),
    "people.invitation": Label(_("Number of the invitation in the record")),
    "people.text": Label(_("Text"), dict(Text.choices)),
    "people.version": Label(_("Version")),
}
"""How the facts of these entries are named."""
