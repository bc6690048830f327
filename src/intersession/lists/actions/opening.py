"""Opening a list."""

from datetime import datetime
from re import fullmatch

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.coalitions.models import Coalition
from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.lists import permissions
from intersession.lists.events import ListOpened
from intersession.lists.models import MailingList
from intersession.lists.rules import addresses
from intersession.lists.states import Posting
from intersession.people.models import Person

KEPT_NAMES = frozenset(
    ["questions", "leaving", "opening", "own-posts", "subscriptions", "correspondence"]
)
"""Names whose addresses are pages beside the lists."""


@transaction.atomic
def open_list(
    actor: Person | None,
    coalition: Coalition,
    *,
    at: datetime,
    name: str,
    address: str,
    title: str,
    purpose: str = "",
    posting: Posting = Posting.SUBSCRIBERS,
) -> MailingList:
    """
    Open a list of the coalition, with an open archive.

    Raises Denied unless a coordinator or the Secretariat asks (None is the operator), Refused where
    the name or the address is none, is kept for pages, or belongs to another list.
    """
    if actor is not None:
        ensure(permissions.may_open_list(actor, coalition, at=at))
    _refuse_what_cannot_be(name, address.lower())
    opened = MailingList.objects.create(
        name=name, address=address.lower(), title=title, coalition=coalition, opened_at=at,
        purpose=purpose, posting=posting,
    )  # fmt: skip
    record(
        actor, "lists.open_list", opened, at=at, scope=coalition.slug,
        title=str(opened), url=opened.get_absolute_url(), facts={"name": name},
    )  # fmt: skip
    publish(ListOpened(opened.pk, at))
    return opened


def _refuse_what_cannot_be(name: str, address: str) -> None:
    if not fullmatch(r"[a-z0-9][a-z0-9_-]{0,79}", name):
        raise Refused(_("The name of a list is of small letters, digits and hyphens."))
    if name in KEPT_NAMES:
        raise Refused(_("The name “%(name)s” is kept for pages.") % {"name": name})
    if not addresses.is_address(address):
        raise Refused(_("Mail cannot go to this address. Check how it is written."))
    _refuse_what_is_spoken_for(address)
    if MailingList.every.filter(name=name).exists():
        raise Refused(_("Another list has the name “%(name)s”.") % {"name": name})
    if MailingList.every.filter(address=address).exists():
        raise Refused(_("Another list has the address %(address)s.") % {"address": address})


def _refuse_what_is_spoken_for(address: str) -> None:
    """Refuse an address at which other mail comes in, or would, beside a list of ours."""
    local = address.rpartition("@")[0]
    if len(local) > addresses.LONGEST_NAME:
        raise Refused(
            _("Before the @ there is room for %(n)d letters, so that tokens fit behind them.")
            % {"n": addresses.LONGEST_NAME}
        )
    if addresses.is_spoken_for(local):
        raise Refused(_("Mail to this address goes to an office or a program. Choose another."))
