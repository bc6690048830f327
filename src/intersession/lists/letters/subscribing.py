"""The letters about being on a list: each tells how to leave."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.lists.models import MailingList, Subscription
from intersession.lists.rules.addresses import beside
from intersession.outbox.actions import write, write_many


def words_about(mailing_list: MailingList) -> dict[str, Any]:
    """Return what a letter says about a list: its page, and where to write to leave it."""
    return {
        "list": mailing_list,
        "coalition": mailing_list.coalition,
        "page": f"{settings.SITE_URL}{mailing_list.get_absolute_url()}",
        "leave": beside(mailing_list.address, "leave"),
    }


def reports_to(mailing_list: MailingList) -> str:
    """Return where reports about letters of a list go; each gets a token as it leaves."""
    return beside(mailing_list.address, "bounces")


def tell_subscribed(subscription: Subscription, *, at: datetime) -> None:
    """Welcome a subscriber, and say how to leave again."""
    with override(subscription.language):
        reason = _("You get this because this address was subscribed to the list %(title)s.") % {
            "title": subscription.mailing_list
        }
    _send("lists.welcome", subscription, reason, at=at)


def tell_moved(
    mailing_list: MailingList, to: Mapping[str, int | None], language: str, *, at: datetime
) -> None:
    """Tell the people of a roster, in one language, where their list is now, and how to leave."""
    with override(language):
        reason = _(
            "You get this because this address was on the list %(title)s at its old server."
        ) % {"title": mailing_list}
    write_many(
        "lists.moved", to, words_about(mailing_list), at=at, reason=reason, language=language,
        unsubscribe=mailing_list.get_absolute_url(), return_path=reports_to(mailing_list),
    )  # fmt: skip


def tell_taken_off(subscription: Subscription, *, at: datetime) -> None:
    """Tell somebody that another person took their address off a list."""
    with override(subscription.language):
        reason = _("You get this because this address was subscribed to the list %(title)s.") % {
            "title": subscription.mailing_list
        }
    _send("lists.taken_off", subscription, reason, at=at)


def _send(kind: str, subscription: Subscription, reason: str, *, at: datetime) -> None:
    mailing_list = subscription.mailing_list
    write(
        kind, subscription.address, words_about(mailing_list), at=at, reason=reason,
        person=subscription.person, language=subscription.language,
        unsubscribe=mailing_list.get_absolute_url(), return_path=reports_to(mailing_list),
    )  # fmt: skip
