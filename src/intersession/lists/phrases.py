"""How this app's journal entries read."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "lists.open_list": _("%(actor)s opened the list %(title)s"),
    "lists.archive": _("%(actor)s archived a post to the list %(title)s"),
    "lists.import_archive": _("%(actor)s took an archive into the list %(title)s"),
    "lists.subscribe": _("%(actor)s subscribed an address to the list %(title)s"),
    "lists.unsubscribe": _("%(actor)s took an address off the list %(title)s"),
    "lists.set_delivery": _("%(actor)s changed how mail of the list %(title)s comes"),
    "lists.claim": _("%(actor)s tied their subscriptions to their account"),
}
