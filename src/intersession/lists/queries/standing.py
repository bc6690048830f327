"""What was decided about somebody's posts; only those who moderate read it."""

from datetime import datetime

from django.db.models import Q

from intersession.kit.paging import Part, moment_and_number, to_key
from intersession.lists.models import MailingList, PostingRight

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
