"""Reading who gets a list's mail. Rosters are not public: only the person concerned sees a row."""

from collections.abc import Iterable

from django.db.models import QuerySet

from intersession.lists.models import MailingList, Subscription
from intersession.people.models import Person
from intersession.people.queries import addresses_of


def subscribers_of(mailing_list: MailingList) -> QuerySet[Subscription]:
    """Return the open subscriptions to a list."""
    return Subscription.objects.filter(mailing_list=mailing_list, until=None)


def subscription_at(mailing_list: MailingList, address: str) -> Subscription | None:
    """Return the open subscription of an address to a list, or None."""
    return subscribers_of(mailing_list).filter(address=address.strip().lower()).first()


def subscriptions_of(person: Person) -> QuerySet[Subscription]:
    """Return a person's open subscriptions with their lists, by list and address."""
    found = Subscription.objects.filter(person=person, until=None)
    return found.select_related("mailing_list__coalition").order_by(
        "mailing_list__title", "address"
    )


def claimable_by(person: Person) -> QuerySet[Subscription]:
    """Return the open subscriptions of a person's verified addresses that nobody has claimed."""
    own = addresses_of(person).values("email")
    return Subscription.objects.filter(address__in=own, person=None, until=None)


def subscribed(mailing_list: MailingList, addresses: Iterable[str]) -> set[str]:
    """Return which of these addresses are subscribed."""
    found = subscribers_of(mailing_list).filter(address__in=list(addresses))
    return set(found.values_list("address", flat=True))


def owns(person: Person, address: str) -> bool:
    """Test whether an address is one of the person's verified ones."""
    return addresses_of(person).filter(email=address.lower()).exists()


def own_addresses(person: Person, mailing_list: MailingList) -> list[tuple[str, bool]]:
    """Return a person's verified addresses, and whether each is on a list."""
    own = list(addresses_of(person).values_list("email", flat=True))
    there = subscribed(mailing_list, own)
    return [(address, address in there) for address in own]
