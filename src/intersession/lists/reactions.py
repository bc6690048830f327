"""What lists do about facts from below."""

from intersession.lists.actions.subscribing import claim
from intersession.lists.queries.subscribers import claimable_by
from intersession.people.events import AddressProven
from intersession.people.models import Person


def claim_subscriptions(fact: AddressProven) -> None:
    """Tie what was subscribed without an account to the person whose address it is."""
    person = Person.objects.get(pk=fact.person_id)
    if claimable_by(person).exists():
        claim(person, at=fact.at)
