"""The work of a mail worker: parcels in, copies out, and a mark for each before the next leaves."""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from django.db import DatabaseError

from intersession.kit.composed import Composed
from intersession.lists.actions import relaying
from intersession.lists.actions.mailroom.envelopes import Envelopes
from intersession.lists.actions.mailroom.writing import Holds, Proves, Written, written
from intersession.lists.actions.relaying.marking import Mark
from intersession.lists.formats.courier.messages import (
    Deferred,
    Down,
    Event,
    Key,
    Lost,
    Recipient,
    Refused,
    Sent,
)
from intersession.lists.formats.courier.parent import Couriers
from intersession.lists.formats.signing import Signer
from intersession.lists.models import MailingList, Parcel, Relay
from intersession.lists.queries import recipients

log = logging.getLogger(__name__)

PARCELS = 16
"""Taken in hand at once; each is at most a hundred copies."""
ENOUGH = 400
"""Copies on their way above which no further parcel is taken."""
LOOKS = 0.02
"""Seconds between two looks for parcels while copies are on their way."""
KEPT = 8
"""Relays kept ready, besides those that have copies on their way."""
PAUSES = (15, 30, 60, 120, 300)
"""Seconds until a mail server that cannot be reached is tried again."""

LOST_AT_MOST = 3
"""Couriers that may end over one copy before it is put off."""

RELAY: Composed[Relay] = Composed(
    lambda number: Relay.objects.filter(pk=number).select_related(
        "message__mailing_list", "message__author", "issue__mailing_list"
    )
)

type Now = Callable[[], datetime]


@dataclass(slots=True)
class _InHand:
    """A parcel whose copies are on their way, and those that have no fate yet."""

    letter: int
    relay: int
    open: dict[int, Recipient] = field(default_factory=dict)


class Mailroom:
    """
    One worker's hands. Not for several threads at once.

    A crash loses nothing: what has no mark goes out again, which is at most the copy that each
    connection had in hand.
    """

    def __init__(
        self,
        marks: relaying.Marks,
        couriers: Couriers,
        *,
        now: Now,
        signer_of: Callable[[str], Signer | None],
        proves: Proves,
        holds: Holds,
    ) -> None:
        self._marks = marks
        self._couriers = couriers
        self._now = now
        self._signer_of = signer_of
        self._proves = proves
        self._holds = holds
        self._hands: dict[int, _InHand] = {}
        self._ready: dict[int, tuple[int, Written, Relay, Envelopes]] = {}
        self._fails = 0
        self._lost: Counter[Key] = Counter()
        self._claimed: deque[Parcel] = deque()
        self._look_at = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether copies are on their way."""
        return bool(self._hands)

    def step(self, patience: float) -> bool:
        """
        Take up what is due, and note what became of copies; return whether there was anything.

        Waits up to `patience` seconds for the couriers while copies are on their way.
        """
        if self.is_busy:
            has_more = bool(self._claimed) and self._couriers.waiting < ENOUGH
            if events := self._couriers.events(0 if has_more else patience):
                self._note(events)
                self._couriers.acknowledge(events)
        return self._take_up() or self.is_busy

    def let_go(self) -> None:
        """Give back what is in hand, to be taken up from its marks."""
        self._marks.again()
        relaying.give_back(self._marks.worker, at=self._now())
        self._claimed.clear()
        self._hands.clear()

    def _take_up(self) -> bool:
        """
        Begin with one more parcel, if there is one and the couriers have room.

        One at a time, so that no connection waits long for its marks.
        """
        if self._couriers.waiting >= ENOUGH:
            return False
        if not self._claimed:
            self._look()
        if not self._claimed:
            return False
        parcel = self._claimed.popleft()
        if relaying.leave_halted(self._marks.worker, parcel):
            return True
        if not self._begun(parcel):
            self._marks.write([], [parcel.pk], at=self._now())
        return True

    def _look(self) -> None:
        """Claim what is due; while copies are on their way, look only so often."""
        if self.is_busy and monotonic() < self._look_at:
            return
        if relaying.is_due(at=self._now()):
            self._claimed.extend(relaying.claim(self._marks.worker, at=self._now(), most=PARCELS))
        else:
            self._look_at = monotonic() + LOOKS

    def _begun(self, parcel: Parcel) -> bool:
        """Begin with a parcel. One that cannot be begun waits for a while, and stops no other."""
        try:
            return self._begin(parcel)
        except DatabaseError:
            raise
        except Exception as problem:
            log.exception("The copies of relay %s cannot be made; they wait.", parcel.relay_id)
            later = self._now() + timedelta(seconds=PAUSES[-1])
            relaying.put_down(self._marks.worker, [parcel.pk], until=later, trouble=repr(problem))
            return True

    def _begin(self, parcel: Parcel) -> bool:
        """Give a parcel's copies to the couriers; return whether there is any."""
        letter, text, relay, envelopes = self._relay(parcel.relay_id)
        readers = recipients.of_parcel(
            relay, parcel, addressed=text.addressed, author=text.author, at=self._now()
        )
        copies = {reader.number: envelopes.to(*reader) for reader in readers}
        if not copies:
            return False
        self._hands[parcel.pk] = _InHand(letter, relay.pk, copies)
        self._couriers.parcel(letter, parcel.pk, copies.values())
        return True

    def _relay(self, number: int) -> tuple[int, Written, Relay, Envelopes]:
        if number not in self._ready:
            self._make_room()
            (relay,) = RELAY(number=number)
            signer = self._signer_of(_list_of(relay).address.rpartition("@")[2])
            text = written(
                relay, at=self._now(), signer=signer, proves=self._proves, holds=self._holds
            )
            letter = self._couriers.send(
                text.template, *filter(None, [signer]), leave_address=text.leave_address,
                at=int(self._now().timestamp()), hashed=text.hashed or None,
            )  # fmt: skip
            self._ready[number] = letter, text, relay, Envelopes(_list_of(relay), relay.pk)
        return self._ready[number]

    def _make_room(self) -> None:
        used = {hand.relay for hand in self._hands.values()}
        idle = [number for number in self._ready if number not in used]
        for number in idle[: max(0, len(idle) - KEPT + 1)]:
            self._couriers.forget(self._ready.pop(number)[0])

    def _note(self, events: Sequence[Event]) -> None:
        marks: list[Mark] = []
        finished: list[int] = []
        for event in events:
            match event:
                case Sent() | Deferred() | Refused():
                    self._settle(event, marks, finished)
        if marks or finished:
            self._marks.write(marks, finished, at=self._now())
            self._fails = 0
        for event in events:
            match event:
                case Lost():
                    log.warning("%s Its copies go out again.", event.words)
                    self._again(event.in_flight)
                case Down():
                    self._put_down(event.words, event.unsent)

    def _settle(
        self, event: Sent | Deferred | Refused, marks: list[Mark], finished: list[int]
    ) -> None:
        hand = self._hands.get(event.parcel)
        if hand is None or hand.open.pop(event.number, None) is None:
            return
        match event:
            case Sent():
                marks.append(relaying.Copied(event.parcel, event.number))
            case Deferred():
                words = f"{event.code} {event.words}"
                marks.append(relaying.Deferred(event.parcel, event.number, words))
            case Refused():
                words = f"{event.code} {event.words}"
                log.warning("The mail server refused a copy: %s", words)
                marks.append(relaying.Refused(event.parcel, event.number, words))
        if not hand.open:
            finished.append(event.parcel)
            del self._hands[event.parcel]

    def _again(self, keys: Iterable[Key]) -> None:
        for parcel, number in keys:
            hand = self._hands.get(parcel)
            if hand is None or (copy := hand.open.get(number)) is None:
                continue
            self._lost[parcel, number] += 1
            if self._lost[parcel, number] < LOST_AT_MOST:
                self._couriers.parcel(hand.letter, parcel, [copy])
            else:
                deferred = Deferred(parcel, number, 0, "It ended those who carried it.", "COPY")
                self._note([deferred])

    def _put_down(self, words: str, keys: Iterable[Key]) -> None:
        """Let go of parcels while the mail server cannot be reached."""
        pause = timedelta(seconds=PAUSES[min(self._fails, len(PAUSES) - 1)])
        self._fails += 1
        log.warning("The mail server cannot be reached: %s Trying again in %s.", words, pause)
        parcels = {parcel for parcel, _ in keys} & self._hands.keys()
        for parcel in parcels:
            del self._hands[parcel]
        relaying.put_down(
            self._marks.worker, sorted(parcels), until=self._now() + pause, trouble=words
        )


def _list_of(relay: Relay) -> MailingList:
    of = relay.message or relay.issue
    if of is None:
        raise ValueError("A relay is of a post or of a digest.")
    return of.mailing_list
