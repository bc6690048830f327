"""Getting a list's mail, and no longer: no approval step, with an account or without one."""

from dataclasses import asdict
from datetime import datetime
from secrets import token_hex

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.lists import permissions
from intersession.lists.actions.asking import refuse_what_cannot_be
from intersession.lists.actions.noting import note
from intersession.lists.events import Subscribed, Unsubscribed
from intersession.lists.letters import subscribing as letters
from intersession.lists.models import MailingList, Subscription
from intersession.lists.queries import subscribers as queries
from intersession.lists.rules import addresses
from intersession.lists.rules.wishes import AS_USUAL, DIGESTS, Marks, Wishes, marks_after
from intersession.lists.states import Delivery, Style, Way
from intersession.people.models import Person
from intersession.people.queries import owners_of


@transaction.atomic
def subscribe(
    actor: Person | None,
    mailing_list: MailingList,
    address: str,
    *,
    at: datetime,
    way: Way = Way.WEB,
    wishes: Wishes = AS_USUAL,
) -> Subscription:
    """
    Subscribe an address; the letter that welcomes it says how to leave.

    `actor` None is whoever has just shown that they read the mail of this address. Raises Denied
    where somebody else acts who does not look after the list; Refused where mail cannot go there,
    the list is closed or lives elsewhere, or the address is subscribed already.
    """
    address = addresses.normal(address)
    ensure(permissions.may_subscribe(actor, mailing_list))
    ensure(permissions.may_answer_for(actor, mailing_list, address, at=at))
    _refuse_what_cannot_be(mailing_list, address)
    subscription = Subscription.objects.create(
        mailing_list=mailing_list, address=address, person_id=owners_of([address]).get(address),
        way=way, since=at, salt=token_hex(16), **asdict(wishes),
        digested_until=at if wishes.delivery in DIGESTS else None,
    )  # fmt: skip
    facts = {"way": way.value, "delivery": wishes.delivery.value}
    note(actor, "lists.subscribe", subscription, at=at, facts=facts)
    letters.tell_subscribed(subscription, at=at)
    publish(Subscribed(subscription.pk, at))
    return subscription


def _refuse_what_cannot_be(mailing_list: MailingList, address: str) -> None:
    refuse_what_cannot_be(mailing_list, address)
    if queries.subscription_at(mailing_list, address):
        raise Refused(_("This address is subscribed already."))


@transaction.atomic
def unsubscribe(
    actor: Person | None,
    mailing_list: MailingList,
    address: str,
    *,
    at: datetime,
    way: Way = Way.WEB,
) -> Subscription:
    """
    End the subscription of an address; membership and the right to post stay as they are.

    `actor` None is whoever has just shown that they read the mail of this address. Raises Denied
    where somebody else acts who does not look after the list, Refused where it is not subscribed.
    """
    address = addresses.normal(address)
    ensure(permissions.may_answer_for(actor, mailing_list, address, at=at))
    subscription = queries.subscribers_of(mailing_list).select_for_update().filter(
        address=address
    ).first()  # fmt: skip
    if subscription is None:
        raise Refused(_("This address is not subscribed."))
    subscription.until = max(at, subscription.since)
    subscription.save(update_fields=["until"])
    note(actor, "lists.unsubscribe", subscription, at=at, facts={"way": way.value})
    if actor and not permissions.owns(actor, address):
        letters.tell_taken_off(subscription, at=at)
    publish(Unsubscribed(subscription.pk, at))
    return subscription


@transaction.atomic
def set_delivery(
    actor: Person | None, subscription: Subscription, wishes: Wishes, *, at: datetime
) -> None:
    """
    Change how the mail of a list comes: each message, a digest, or none; and in which form.

    Raises Denied as `unsubscribe` does, Refused where the subscription has ended or nothing is
    different.
    """
    mailing_list = subscription.mailing_list
    ensure(permissions.may_answer_for(actor, mailing_list, subscription.address, at=at))
    if subscription.until is not None:
        raise Refused(_("This address is not subscribed."))
    changed = [
        name for name, value in asdict(wishes).items() if getattr(subscription, name) != value
    ]
    if not changed:
        raise Refused(_("Nothing is different from what was there."))
    marks = Marks(subscription.digested_until, subscription.switched_at)
    if "delivery" in changed:
        marks = marks_after(marks, Delivery(subscription.delivery), wishes.delivery, at)
    for name in changed:
        setattr(subscription, name, getattr(wishes, name))
    subscription.digested_until = marks.digested_until
    subscription.switched_at = marks.switched_at
    subscription.save(update_fields=[*changed, "digested_until", "switched_at"])
    facts = {"fields": changed, "delivery": str(wishes.delivery.value)}
    note(actor, "lists.set_delivery", subscription, at=at, facts=facts)


def wishes_of(subscription: Subscription) -> Wishes:
    """Return how a subscriber wants mail now, to be changed in part with `replace`."""
    return Wishes(
        Delivery(subscription.delivery), Style(subscription.style), subscription.zone,
        subscription.language, subscription.skips_addressed, subscription.gets_own,
    )  # fmt: skip


@transaction.atomic
def claim(actor: Person, *, at: datetime) -> int:
    """
    Tie the subscriptions of a person's verified addresses to their account; return how many.

    Raises Refused where there are none that nobody has claimed.
    """
    claimed = queries.claimable_by(actor).update(person=actor)
    if not claimed:
        raise Refused(_("No subscription of your addresses waits to be claimed."))
    record(actor, "lists.claim", actor, at=at, facts={"subscriptions": claimed}, private=True)
    return claimed
