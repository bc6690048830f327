"""The letters about being on a list: each tells how to leave."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.lists.models import MailingList, Subscription
from intersession.lists.queries.tokens import leave_token
from intersession.lists.rules.addresses import beside
from intersession.outbox.actions import OWN, write, write_many


def _named(mailing_list: MailingList) -> str:
    title, coalition = str(mailing_list), mailing_list.coalition.name
    if title == coalition:
        return title
    return _("%(list)s of %(coalition)s") % {"list": title, "coalition": coalition}


_NAMED = lazy(_named, str)
"""A list with its coalition, said once where both bear one name, in the language of the reader."""


def words_about(mailing_list: MailingList) -> dict[str, Any]:
    """Return what a letter says about a list: its page, and where to write to leave it."""
    return {
        "list": mailing_list,
        "named": _NAMED(mailing_list),
        "page": f"{settings.SITE_URL}{mailing_list.get_absolute_url()}",
        "leave": beside(mailing_list.address, "leave"),
    }


def reports_to(mailing_list: MailingList) -> str:
    """Return where reports about letters of a list go; each gets a token as it leaves."""
    return beside(mailing_list.address, "bounces")


def own_page(token: str) -> str:
    """Return the address of a subscriber's own page: how mail comes, and how to leave."""
    return f"{settings.SITE_URL}/lists/leaving/{token}/"


def tell_subscribed(subscription: Subscription, *, at: datetime) -> None:
    """Welcome a subscriber, and say how to leave again."""
    with override(subscription.language):
        reason = _("You get this because this address was subscribed to the list %(title)s.") % {
            "title": subscription.mailing_list
        }
    own = own_page(leave_token(subscription.pk))
    _send("lists.welcome", subscription, reason, at=at, own=own)


def tell_moved(
    mailing_list: MailingList, to: Sequence[Subscription], language: str, *, at: datetime
) -> None:
    """Tell the people of a roster, in one language, where their list is now, and how to leave."""
    with override(language):
        reason = _(
            "You get this because this address was on the list %(title)s at its old server."
        ) % {"title": mailing_list}
    own = own_page(OWN)
    write_many(
        "lists.moved", {one.address: one.person_id for one in to},
        {**words_about(mailing_list), "own": own}, at=at, reason=reason, language=language,
        unsubscribe=own, own={one.address: leave_token(one.pk) for one in to},
        return_path=reports_to(mailing_list),
    )  # fmt: skip


def tell_taken_off(subscription: Subscription, *, at: datetime) -> None:
    """Tell somebody that another person took their address off a list."""
    with override(subscription.language):
        reason = _("You get this because this address was subscribed to the list %(title)s.") % {
            "title": subscription.mailing_list
        }
    _send("lists.taken_off", subscription, reason, at=at)


def _send(
    kind: str, subscription: Subscription, reason: str, *, at: datetime, own: str = ""
) -> None:
    context = {**words_about(subscription.mailing_list), "own": own}
    write(
        kind, subscription.address, context, at=at, reason=reason, person=subscription.person,
        language=subscription.language, unsubscribe=own,
        return_path=reports_to(subscription.mailing_list),
    )  # fmt: skip
