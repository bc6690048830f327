"""How this app's journal entries read. All of them are private."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "people.arrive": _("%(actor)s signed in for the first time"),
    "people.describe": _("%(actor)s changed their description"),
    "people.consent": _("%(actor)s accepted %(title)s"),
    "people.withdraw_consent": _("%(actor)s took back the acceptance of %(title)s"),
    "people.add_address": _("%(actor)s added an address"),
    "people.remove_address": _("%(actor)s removed an address"),
    "people.make_primary": _("%(actor)s chose another main address"),
    "people.choose_language": _("%(actor)s chose another language"),
}
