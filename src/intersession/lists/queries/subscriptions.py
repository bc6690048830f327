"""Who gets a list's mail, as the pages ask."""

from django.db.models import Q, QuerySet

from intersession.lists.models import MailingList, Subscription, Thread, Watch
from intersession.people.models import Person
from intersession.people.queries import addresses_of


def own_subscriptions(person: Person, mailing_list: MailingList) -> QuerySet[Subscription]:
    """Return the open subscriptions of a person to a list: claimed, or at a verified address."""
    return Subscription.objects.filter(
        Q(person=person) | Q(person=None, address__in=addresses_of(person).values("email")),
        mailing_list=mailing_list,
        until=None,
    )


def interest_in(person: Person, thread: Thread) -> str:
    """Return how a person watches a thread (`states.Interest`), empty where they do not."""
    own = own_subscriptions(person, thread.mailing_list)
    watch = Watch.objects.filter(thread=thread, subscription__in=own).first()
    return watch.interest if watch else ""
