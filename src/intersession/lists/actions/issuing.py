"""Making digests: each reader's windows lie side by side, so nothing is lost or comes twice."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import batched

from django.db import transaction

from intersession.kit import bell
from intersession.lists.actions.relaying import relay_issue
from intersession.lists.models import Issue, MailingList, Subscription
from intersession.lists.queries import digests
from intersession.lists.queries.digests import LAST, Owed

BATCH = 500


def issue_digests(*, at: datetime) -> int:
    """
    Make the digests whose window is over, and return how many.

    What was missed while nobody made any comes in one. No digest is empty.
    """
    return sum(_issue(one, at=at) for one in digests.owed(at=at))


@transaction.atomic
def _issue(one: Owed, *, at: datetime) -> int:
    """Make one kind of digest: for all readers together who have the same posts still to read."""
    mailing_list = MailingList.objects.select_for_update().get(pk=one.mailing_list)
    rows = digests.readers_of(one).select_for_update(of=("self",))
    readers: list[tuple[int, datetime]] = list(rows.values_list("pk", "start"))
    if not readers:
        return 0
    made = 0
    for since, keys in _together(one, readers):
        issue = Issue.objects.create(
            mailing_list=mailing_list, number=digests.next_number(mailing_list), since=since,
            period=one.period, style=one.style, zone=one.zone, language=one.language,
            until=one.until,
        )  # fmt: skip
        relay_issue(issue, keys, at=at)
        made += 1
    _remember(one, [pk for pk, _start in readers])
    if made:
        bell.ring()
    return made


def _together(
    one: Owed, readers: Sequence[tuple[int, datetime]]
) -> list[tuple[datetime, list[int]]]:
    """Put readers together who lack the same posts; who lacks none gets no digest."""
    earliest = min(start for _pk, start in readers)
    posts = digests.taken_in(one.mailing_list, earliest, one.until)
    taken = list(posts.values_list("taken", flat=True))
    groups: defaultdict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for pk, start in readers:
        groups[bisect_left(taken, start)].append((pk, start))
    return [
        (min(start for _pk, start in group), [pk for pk, _start in group])
        for place, group in sorted(groups.items())
        if place < len(taken)
    ]


def _remember(one: Owed, keys: Sequence[int]) -> None:
    """Note up to when these readers have everything."""
    done = None if one.period == LAST else one.until
    for some in batched(keys, BATCH, strict=False):
        Subscription.objects.filter(pk__in=some).update(digested_until=done)
