"""Marks: which copies have left. Written before the next copy leaves on the same connection."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef

from intersession.kit.durable import unhurried
from intersession.kit.moments import stored
from intersession.kit.prepared import each, prepared
from intersession.lists.actions.relaying.stopping import NEVER
from intersession.lists.models import Parcel, Relay
from intersession.lists.rules import retrying
from intersession.lists.states import RELAY, RelayState


@dataclass(frozen=True, slots=True)
class Copied:
    """The mail server took the copy for this subscription."""

    parcel: int
    number: int


@dataclass(frozen=True, slots=True)
class Deferred:
    """The mail server asks to come again with the copy for this subscription."""

    parcel: int
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The mail server will not take the copy for this subscription."""

    parcel: int
    number: int
    words: str


type Mark = Copied | Deferred | Refused

MARK = (
    "UPDATE lists_parcel SET done = lists_parcel.done || told.done,"
    ' "left" = CASE WHEN "left" > told.count THEN "left" - told.count ELSE 0 END'
    " FROM ({rows}) told{how}"
    " WHERE lists_parcel.id = told.id"
)
ROW = "SELECT CAST(%s AS text) AS done, CAST(%s AS integer) AS count, CAST(%s AS bigint) AS id"
DONE = (
    "UPDATE lists_parcel SET done_at = %s, worker = '', done = '', \"left\" = 0"
    " WHERE id = %s AND worker = %s AND done_at IS NULL"
)
FINISH = (
    "UPDATE lists_relay SET state = %s, sent_at = %s"
    " WHERE id = (SELECT relay_id FROM lists_parcel WHERE id = %s) AND state = %s AND NOT EXISTS"
    " (SELECT 1 FROM lists_parcel WHERE relay_id = lists_relay.id AND done_at IS NULL)"
)
LOCK = (
    "SELECT id FROM lists_relay"
    " WHERE id IN (SELECT relay_id FROM lists_parcel WHERE id = ANY(%s))"
    " ORDER BY id FOR NO KEY UPDATE"
)
# Plain SQL: these run for every few copies, and the ORM would take longer than all else.


class Marks:
    """
    What one worker writes down. Not for several threads at once.

    Marks alone do not wait for the disk. Until something does that is committed after them they are
    known here too, and written `again` where a database was killed that had not kept them.
    """

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self._loose: list[Copied] = []

    def write(self, marks: Sequence[Mark], finished: Sequence[int] = (), *, at: datetime) -> None:
        """Mark copies, and parcels that have none left, as `mark` does."""
        self._loose += (one for one in marks if isinstance(one, Copied))
        if mark(self.worker, marks, finished, at=at):
            self._loose.clear()

    def again(self) -> None:
        """Write what a database may have lost since; what it kept stays as it is."""
        if not self._loose:
            return
        told = defaultdict(set)
        for one in self._loose:
            told[one.parcel].add(one.number)
        with transaction.atomic():
            held = Parcel.objects.filter(pk__in=told, done_at=None).order_by("pk")
            kept = held.select_for_update().values_list("pk", "done")
            _move([
                Copied(parcel, number)
                for parcel, done in kept
                for number in sorted(told[parcel] - {int(one) for one in done.split(",") if one})
            ])  # fmt: skip
        self._loose.clear()


def mark(worker: str, marks: Sequence[Mark], finished: Sequence[int] = (), *, at: datetime) -> bool:
    """
    Write down what became of copies, and which parcels have none left.

    A copy to be tried again becomes a parcel of its own, due later. One that has been tried for
    five days, or was refused, is counted at its relay; no bounce is scored for it, since it is our
    own mail server that says so. Returns whether all is on the disk: marks alone may not yet be.
    """
    deferred = [one for one in marks if isinstance(one, Deferred)]
    refused = [one.parcel for one in marks if isinstance(one, Refused)]
    if not (deferred or refused or finished):
        with unhurried() as how:
            _move(marks, how)  # one statement is a transaction by itself
        return False
    with transaction.atomic():
        _lock({one.parcel for one in deferred} | {*refused, *finished})
        _move(marks)
        each(DONE, [(stored(at), parcel, worker) for parcel in finished])
        _put_off(deferred, at=at)
        _count_refused(refused)
        finish(finished, at=at)
    return True


def _lock(parcels: Set[int]) -> None:
    """
    Let no other worker end these relays, and nobody pause them, until this is committed.

    Else two that end the last parcels together would each see the other's still open. SQLite has
    one writer at a time.
    """
    if connection.features.has_select_for_update:
        with prepared() as cursor:
            cursor.execute(LOCK, [list(parcels)])


def _move(marks: Sequence[Mark], how: str = "") -> None:
    told: defaultdict[int, list[int]] = defaultdict(list)
    for one in marks:
        told[one.parcel].append(one.number)
    given = [
        ("".join(f"{number}," for number in numbers), len(numbers), parcel)
        for parcel, numbers in sorted(told.items())
    ]
    if not given:
        return
    with prepared() as cursor:
        cursor.execute(
            MARK.format(rows=" UNION ALL ".join([ROW] * len(given)), how=how),
            [value for row in given for value in row],
        )


def finish(parcels: Sequence[int], *, at: datetime) -> None:
    """End the relays of these parcels that have no parcel left."""
    after = RELAY.after("finish", RelayState.SENDING)
    each(FINISH, [(after, stored(at), parcel, RelayState.SENDING) for parcel in parcels])


def finish_empty(*, at: datetime) -> int:
    """End the relays on their way that have no parcel left, and return how many."""
    left = Parcel.objects.filter(relay=OuterRef("pk"), done_at=None)
    under_way = Relay.objects.exclude(state__in=[RelayState.SENT, RelayState.STOPPED])  # its index
    empty = under_way.filter(~Exists(left), state=RelayState.SENDING)
    after = RELAY.after("finish", RelayState.SENDING)
    return empty.update(state=after, sent_at=at) if empty.exists() else 0


def _put_off(deferred: Sequence[Deferred], *, at: datetime) -> None:
    if not deferred:
        return
    parcels = Parcel.objects.filter(pk__in={one.parcel for one in deferred})
    known = {one.pk: one for one in parcels.select_related("relay")}
    later: list[Parcel] = []
    given_up: list[int] = []
    for one in deferred:
        parcel = known[one.parcel]
        if parcel.relay.state not in {RelayState.SENDING, RelayState.PAUSED}:
            continue
        wait = retrying.pause_after(parcel.tries + 1)
        if wait is None:
            given_up.append(parcel.pk)
            continue
        due = at + wait if parcel.relay.state == RelayState.SENDING else NEVER
        later.append(
            Parcel(
                relay_id=parcel.relay_id, first=one.number, last=one.number, left=1,
                tries=parcel.tries + 1, due_at=due, trouble=one.words[:300],
            )
        )  # fmt: skip
    Parcel.objects.bulk_create(later)
    _count_refused(given_up)


def _count_refused(parcels: Sequence[int]) -> None:
    for parcel in parcels:
        relay = Relay.objects.filter(parcels=parcel)
        relay.update(refused=F("refused") + 1)
