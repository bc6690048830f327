"""A list that lives elsewhere, archived here: a robot subscriber's mail is kept, never relayed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.lists import permissions
from intersession.lists.models import MailingList
from intersession.lists.queries.subscribers import subscribers_of
from intersession.lists.rules import addresses
from intersession.people.models import Person


@transaction.atomic
def mirror_list(
    actor: Person | None, mailing_list: MailingList, origin: str, *, at: datetime
) -> None:
    """
    Make a list here the mirror of one elsewhere: subscribe the address of this one there.

    Raises Denied unless who asks looks after the list (None is the operator); Refused where people
    are subscribed here, it mirrors already, or the origin is no address of a list elsewhere.
    """
    if actor is not None:
        ensure(permissions.may_look_after(actor, mailing_list, at=at))
    origin = addresses.normal(origin)
    if mailing_list.mirrors:
        raise Refused(
            _("This list mirrors %(address)s already.") % {"address": mailing_list.mirrors}
        )
    if not addresses.is_address(origin):
        raise Refused(_("Mail cannot go to this address. Check how it is written."))
    if MailingList.objects.filter(address=origin).exists():
        raise Refused(_("A list that lives here needs no mirror."))
    if subscribers_of(mailing_list).exists():
        raise Refused(_("People are subscribed to this list: a mirror relays nothing to them."))
    _set(actor, mailing_list, origin, "lists.mirror_list", at=at)


@transaction.atomic
def end_mirror(actor: Person | None, mailing_list: MailingList, *, at: datetime) -> None:
    """
    Let a list live here from now on: it takes subscribers and posts of its own.

    Raises Denied unless who asks looks after the list (None is the operator), Refused where it is
    no mirror.
    """
    if actor is not None:
        ensure(permissions.may_look_after(actor, mailing_list, at=at))
    if not mailing_list.mirrors:
        raise Refused(_("This list lives here already."))
    _set(actor, mailing_list, "", "lists.end_mirror", at=at)


def _set(
    actor: Person | None, mailing_list: MailingList, origin: str, verb: str, *, at: datetime
) -> None:
    told = origin or mailing_list.mirrors
    mailing_list.mirrors = origin
    mailing_list.edition += 1  # pages that readers keep are old now
    mailing_list.save(update_fields=["mirrors", "edition"])
    record(
        actor, verb, mailing_list, at=at, scope=mailing_list.coalition.slug,
        title=str(mailing_list), url=mailing_list.get_absolute_url(), facts={"origin": told},
    )  # fmt: skip
