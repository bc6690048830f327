"""The recipients of a relay as parcels, which workers take in hand and give back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, When

from intersession.jobs.models import Worker
from intersession.kit.composed import Composed
from intersession.kit.inserting import insert, write
from intersession.lists.actions.relaying.stopping import NEVER
from intersession.lists.models import Issue, MailingList, Message, Parcel, Relay
from intersession.lists.queries import recipients
from intersession.lists.rules.retrying import STEPS
from intersession.lists.states import RELAY, RelayState

SHARES = 2
"""Parcels of a small post, so that a second worker may help; each costs a dozen statements."""
LARGEST = 100
"""Recipients of a parcel: what a worker has in hand when it is told to stop."""
LONGEST = timedelta(minutes=max(STEPS))
"""Until a copy that was put off is tried again."""


def relay(message: Message, *, at: datetime, results: str = "", policy: str = "") -> Relay:
    """
    Set a post on its way to those who are subscribed at this moment.

    `results` is our Authentication-Results, `policy` the sender's for mail that fails them (DMARC).
    """
    made = Relay(message=message, at=at, results=results, policy=policy)
    relay_all(message.mailing_list, [made])
    return made


@transaction.atomic(savepoint=False)
def relay_all(mailing_list: MailingList, posts: Sequence[Relay]) -> None:
    """Set posts of one list on their way, all to the same readers; their rows are yet to be."""
    stretches = _stretches(mailing_list.pk)
    for made in posts:
        made.recipients = stretches.count
        if not stretches.ends:
            made.state, made.sent_at = RELAY.after("finish", RelayState.SENDING), made.at
    insert(*posts)
    write(*(
        Parcel(relay=made, first=first, last=end, due_at=made.at, left=left)
        for made in posts
        for first, end, left in stretches
    ))  # fmt: skip


@transaction.atomic(savepoint=False)
def relay_issue(issue: Issue, readers: Sequence[int], *, at: datetime) -> Relay:
    """Set a digest on its way to these subscriptions, named by key, in order."""
    made = Relay.objects.create(issue=issue, at=at, recipients=len(readers))
    size = _size(len(readers))
    stretches = [readers[place : place + size] for place in range(0, len(readers), size)]
    Parcel.objects.bulk_create(
        [
            Parcel(
                relay=made, first=keys[0], last=keys[-1], due_at=at, left=len(keys),
                keys=",".join(map(str, keys)),
            )
            for keys in stretches
        ],
        batch_size=500,
    )  # fmt: skip
    return made


def _size(count: int) -> int:
    """Return how many recipients each parcel gets, of so many."""
    return max(1, min(LARGEST, -(-count // SHARES)))


@dataclass(frozen=True, slots=True)
class _Stretches:
    """The recipients of a list, side by side: how many, how many in each, and where each ends."""

    count: int
    size: int
    ends: Sequence[int]

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        """Give the first and the last key of each, and how many it is for."""
        first = 0
        for place, end in enumerate(self.ends):
            yield first, end, max(0, min(self.size, self.count - place * self.size))
            first = end + 1


def _stretches(mailing_list: int) -> _Stretches:
    """
    Cut the recipients of a list; a handful of stretches, however many recipients.

    The last one reaches beyond those counted, up to the last key of the list: to who follows the
    thread and gets no other mail. There is none where nobody is subscribed.
    """
    found = recipients.EACH(mailing_list=mailing_list)
    keys, last = [key for key, _ in found], [end for _, end in found[:1]]
    if len(keys) > recipients.FEW:
        subscriptions = recipients.for_each(mailing_list)
        count = subscriptions.count()
        size = _size(count)
        ends = recipients.ends_of(subscriptions, size)
    else:
        count = len(keys)
        size = _size(count)
        ends = keys[size - 1 :: size]
    if last := last or recipients.LAST(mailing_list=mailing_list):
        ends = [*(ends[:-1] if ends and count % size == 0 else ends), *last]
    return _Stretches(count, size, ends)


WAITING: Composed[int] = Composed(
    lambda at: (
        Parcel.objects.filter(done_at=None, worker="", due_at__lte=at)
        .order_by("due_at")
        .values_list("pk", flat=True)[:1]
    )
)


def is_due(*, at: datetime) -> bool:
    """Test whether a parcel waits to be taken in hand; locks nothing."""
    return bool(WAITING(at=at))


@transaction.atomic
def claim(worker: str, *, at: datetime, most: int) -> Sequence[Parcel]:
    """
    Take some parcels that are due in hand, passing by those that another worker is taking.

    Those of a relay that is paused, stopped or sent are left.
    """
    due = Parcel.objects.filter(done_at=None, worker="", due_at__lte=at).order_by("due_at", "id")
    sending = due.filter(relay__state=RelayState.SENDING)
    parcels = list(sending.select_for_update(skip_locked=True, of=("self",))[:most])
    Parcel.objects.filter(pk__in=[parcel.pk for parcel in parcels]).update(worker=worker)
    return parcels


def give_back(worker: str, *, at: datetime, trouble: str = "") -> int:
    """
    Let go of all that a worker has in hand, to be taken up again from its marks at a moment.

    What was paused meanwhile stays so.
    """
    mine = Parcel.objects.filter(done_at=None, worker=worker)
    return mine.update(worker="", due_at=_unless_paused(at), trouble=trouble[:300])


def _unless_paused(at: datetime) -> Case:
    return Case(When(due_at=NEVER, then=F("due_at")), default=at)


def free(*, steady: datetime) -> int:
    """Let go of what workers had in hand whose lease has run out, and return how many parcels."""
    alive = Worker.objects.filter(leased_until__gte=steady).values("name")
    held = Parcel.objects.filter(done_at=None).exclude(worker="")
    return held.exclude(worker__in=alive).update(worker="")


def hasten(*, at: datetime) -> int:
    """
    Make due what waits only because a clock was put back, and return how many parcels.

    What was not tried yet waits for nothing, and no pause is longer than LONGEST.
    """
    waiting = Parcel.objects.filter(done_at=None, worker="", due_at__gt=at, due_at__lt=NEVER)
    late = waiting.filter(Q(tries=0, trouble="") | Q(due_at__gt=at + LONGEST))
    return late.update(due_at=at) if late.exists() else 0


def put_down(worker: str, parcels: Sequence[int], *, until: datetime, trouble: str) -> None:
    """Let go of some parcels until a moment, because the mail server cannot be reached."""
    mine = Parcel.objects.filter(pk__in=parcels, worker=worker, done_at=None)
    mine.update(worker="", due_at=_unless_paused(until), trouble=trouble[:300])


def leave_halted(worker: str, parcel: Parcel) -> bool:
    """Let go of a parcel whose relay was paused or stopped meanwhile; return whether it was."""
    if RelayState.SENDING in STATE(relay=parcel.relay_id):
        return False
    Parcel.objects.filter(pk=parcel.pk, worker=worker, done_at=None).update(worker="")
    return True


STATE: Composed[str] = Composed(
    lambda relay: Relay.objects.filter(pk=relay).values_list("state", flat=True)
)
