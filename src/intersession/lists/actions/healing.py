"""Mail to a subscriber stopped and resumed; membership and the subscription stay as they are."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.kit.answers import Refused, ensure
from intersession.lists import permissions
from intersession.lists.actions.noting import note
from intersession.lists.models import Health as Row
from intersession.lists.models import Subscription
from intersession.lists.rules.bouncing import Health
from intersession.lists.rules.wishes import DIGESTS
from intersession.lists.states import StoppedBy
from intersession.people.models import Person


def keep_health(subscription: Subscription, health: Health) -> None:
    """Write down how mail to a subscriber fares."""
    fields = {
        "score": health.score, "scored_on": health.last_scored_on, "warned_at": health.warned_at,
        "probed_at": health.probe_sent_at, "points_that_day": health.points_that_day,
    }  # fmt: skip
    Row.objects.update_or_create(subscription=subscription, defaults=fields)


@transaction.atomic
def stop_mail(subscription: Subscription, by: StoppedBy, *, at: datetime) -> None:
    """Stop mail to an address that takes none, or whose reader reported it as spam."""
    subscription.stopped_at, subscription.stopped_by = at, by
    subscription.save(update_fields=["stopped_at", "stopped_by"])
    note(None, "lists.stop_mail", subscription, at=at, facts={"stopped": by.value})


@transaction.atomic
def resume_mail(actor: Person | None, subscription: Subscription, *, at: datetime) -> None:
    """
    Let mail come again, and forget what counted against the address.

    `actor` None is whoever has just shown that they read its mail. Raises Denied as `unsubscribe`
    does, Refused where the subscription has ended or nothing stands against it.
    """
    mailing_list = subscription.mailing_list
    ensure(permissions.may_answer_for(actor, mailing_list, subscription.address, at=at))
    if subscription.until is not None:
        raise Refused(_("This address is not subscribed."))
    known = Row.objects.filter(subscription=subscription)
    if subscription.stopped_at is None and not known.exists():
        raise Refused(_("Mail comes to this address already."))
    known.delete()
    subscription.stopped_at, subscription.stopped_by = None, ""
    if subscription.delivery in DIGESTS:
        subscription.digested_until = at
    subscription.save(update_fields=["stopped_at", "stopped_by", "digested_until"])
    note(actor, "lists.resume_mail", subscription, at=at, facts={})
