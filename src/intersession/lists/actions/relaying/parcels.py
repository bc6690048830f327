"""The recipients of a relay as parcels, which workers take in hand and give back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from intersession.jobs.models import Worker
from intersession.lists.models import Issue, Message, Parcel, Relay, Subscription
from intersession.lists.queries import recipients
from intersession.lists.states import RELAY, RelayState

CONNECTIONS = 8
"""To the mail server, of one worker; a small post is cut so that each has a share of it."""
LARGEST = 100
"""Recipients of a parcel: what a worker has in hand when it is told to stop."""


@transaction.atomic
def relay(message: Message, *, at: datetime, results: str = "", policy: str = "") -> Relay:
    """
    Set a post on its way to those who are subscribed at this moment.

    `results` is our Authentication-Results, `policy` the sender's for mail that fails them (DMARC).
    """
    made = Relay.objects.create(message=message, at=at, results=results, policy=policy)
    cut(made, recipients.for_each(message.mailing_list))
    return made


@transaction.atomic
def relay_issue(issue: Issue, *, at: datetime) -> Relay:
    """Set a digest on its way to those who get digests of its kind."""
    made = Relay.objects.create(issue=issue, at=at)
    cut(made, recipients.for_issue(issue))
    return made


def cut(made: Relay, subscriptions: QuerySet[Subscription]) -> None:
    """
    Cut a relay's recipients into parcels that lie side by side, up to the last key of the list.

    A handful of rows, however many recipients: the copies are written down as marks of a parcel.
    """
    count = subscriptions.count()
    size = max(1, min(LARGEST, -(-count // CONNECTIONS)))
    ends = recipients.ends_of(subscriptions, size)
    if last := _last_key(made):
        ends = [*(ends[:-1] if ends and count % size == 0 else ends), last]
    starts = [0, *(end + 1 for end in ends[:-1])]
    Parcel.objects.bulk_create(
        [
            Parcel(
                relay=made, first=first, last=end, due_at=made.at,
                left=max(0, min(size, count - place * size)),
            )
            for place, (first, end) in enumerate(zip(starts, ends, strict=False))
        ],
        batch_size=500,
    )  # fmt: skip
    made.recipients = count
    if not ends:
        made.state, made.sent_at = RELAY.after("finish", RelayState.SENDING), made.at
    made.save(update_fields=["recipients", "state", "sent_at"])


def _last_key(made: Relay) -> int:
    of = made.message or made.issue
    if of is None:
        raise ValueError("A relay is of a post or of a digest.")
    keys = Subscription.objects.filter(mailing_list=of.mailing_list_id, until=None)
    return int(keys.aggregate(last=Max("pk"))["last"] or 0)


@transaction.atomic
def claim(worker: str, *, at: datetime, most: int) -> Sequence[Parcel]:
    """Take some parcels that are due in hand, passing by those that another worker is taking."""
    due = Parcel.objects.filter(done_at=None, worker="", due_at__lte=at).order_by("due_at", "id")
    parcels = list(due.select_for_update(skip_locked=True)[:most])
    Parcel.objects.filter(pk__in=[parcel.pk for parcel in parcels]).update(worker=worker)
    return parcels


def give_back(worker: str, *, at: datetime, trouble: str = "") -> int:
    """Let go of all that a worker has in hand, to be taken up again from its marks at a moment."""
    mine = Parcel.objects.filter(done_at=None, worker=worker)
    return mine.update(worker="", due_at=at, trouble=trouble[:300])


def free(*, steady: datetime) -> int:
    """Let go of what workers had in hand whose lease has run out, and return how many parcels."""
    alive = Worker.objects.filter(leased_until__gte=steady).values("name")
    held = Parcel.objects.filter(done_at=None).exclude(worker="")
    return held.exclude(worker__in=alive).update(worker="")


def put_down(worker: str, parcels: Sequence[int], *, until: datetime, trouble: str) -> None:
    """Let go of some parcels until a moment, because the mail server cannot be reached."""
    mine = Parcel.objects.filter(pk__in=parcels, worker=worker, done_at=None)
    mine.update(worker="", due_at=until, trouble=trouble[:300])
