"""Posts on their way."""

from django.db.models import QuerySet

from intersession.lists.models import MailingList, Relay


def list_of(relay: Relay) -> MailingList:
    """Return the list of a relay, which is of a post or of a digest."""
    of = relay.message or relay.issue
    if of is None:
        raise ValueError("A relay is of a post or of a digest.")
    return of.mailing_list


def relays_of(mailing_list: MailingList) -> QuerySet[Relay]:
    """Return the relays of a list that too many refused, the latest first."""
    found = Relay.objects.filter(tripped_at__isnull=False)
    of = found.filter(message__mailing_list=mailing_list) | found.filter(
        issue__mailing_list=mailing_list
    )
    return of.select_related(
        "message__mailing_list__coalition", "issue__mailing_list__coalition"
    ).order_by("-tripped_at", "-pk")
