"""What was decided about somebody's posts; only those who moderate read it."""

from datetime import datetime

from django.db.models import F, Q

from intersession.kit.paging import Part, moment_and_number, to_key
from intersession.lists.models import MailingList, PostingRight
from intersession.people.models import Person
from intersession.people.queries import addresses_of

PART = 40


def rights_of(mailing_list: MailingList, after: str, *, at: datetime) -> Part[PostingRight]:
    """Return a part of the decisions that hold now, the newest first."""
    rights = PostingRight.objects.filter(
        Q(until=None) | Q(until__gt=at), mailing_list=mailing_list, since__lte=at
    )
    if place := moment_and_number(after):
        moment, pk = place
        rights = rights.filter(since__lte=moment).exclude(since=moment, pk__gte=pk)
    found = list(rights.select_related("given_by").order_by("-since", "-pk")[: PART + 1])
    last = found[PART - 1] if len(found) > PART else None
    return Part(found[:PART], earlier=to_key(last.since.isoformat(), last.pk) if last else "")


def suspended_now(mailing_list: MailingList, *, at: datetime) -> int:
    """Count the addresses whose posting is suspended."""
    rights = PostingRight.objects.filter(
        Q(until=None) | Q(until__gt=at), mailing_list=mailing_list, standing="suspended"
    )
    return rights.filter(since__lte=at).values("address").distinct().count()


def suspension_of(
    person: Person, mailing_list: MailingList, *, at: datetime
) -> PostingRight | None:
    """Return what keeps a person from posting, by any verified address; the one that ends last."""
    own = [address.lower() for address in addresses_of(person).values_list("email", flat=True)]
    held = PostingRight.objects.filter(
        Q(until=None) | Q(until__gt=at), mailing_list=mailing_list, standing="suspended",
        address__in=own, since__lte=at,
    )  # fmt: skip
    return held.order_by(F("until").desc(nulls_first=True)).first()
