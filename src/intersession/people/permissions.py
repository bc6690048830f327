"""Who may change what about a person: only that person."""

from django.utils.translation import gettext as _

from intersession.kit.answers import YES, Answer, no
from intersession.people.models import Person


def may_change(actor: Person, person: Person) -> Answer:
    """People describe themselves; nobody does it for them."""
    if actor == person:
        return YES
    return no(_("Only the person concerned may change this."))
