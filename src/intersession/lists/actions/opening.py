"""Opening a list."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.coalitions.models import Coalition
from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.lists import permissions
from intersession.lists.events import ListOpened
from intersession.lists.models import MailingList
from intersession.people.models import Person


@transaction.atomic
def open_list(
    actor: Person, coalition: Coalition, *, at: datetime, name: str, address: str, title: str
) -> MailingList:
    """
    Open a list of the coalition, with an open archive.

    Raises Denied unless a coordinator or the Secretariat asks, Refused where the name or the
    address belongs to another list.
    """
    ensure(permissions.may_open_list(actor, coalition, at=at))
    if MailingList.objects.filter(name=name).exists():
        raise Refused(_("Another list has the name “%(name)s”.") % {"name": name})
    if MailingList.objects.filter(address=address.lower()).exists():
        raise Refused(_("Another list has the address %(address)s.") % {"address": address})
    opened = MailingList.objects.create(
        name=name, address=address.lower(), title=title, coalition=coalition, opened_at=at
    )
    record(
        actor, "lists.open_list", opened, at=at, scope=coalition.slug,
        title=str(opened), url=opened.get_absolute_url(), facts={"name": name},
    )  # fmt: skip
    publish(ListOpened(opened.pk, at))
    return opened
