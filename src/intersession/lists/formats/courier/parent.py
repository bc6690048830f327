"""The parent's side of the couriers: posts and copies given out, fates taken in, in batches."""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from select import select
from types import TracebackType
from typing import IO, Self, cast

from intersession.lists.formats.courier.messages import (
    Copy,
    Deferred,
    Down,
    Event,
    Frames,
    Key,
    Letter,
    Lost,
    Recipient,
    Refused,
    Sent,
    Server,
    framed,
)
from intersession.lists.formats.signing import Signer, body_hash, loaded
from intersession.lists.rules.composing.templates import Template

_AHEAD = 12
"""Copies a child holds for each of its connections, so that it never waits for us."""
_READ = 1 << 18


@dataclass(eq=False)
class _Child:
    """A running child, what it knows, and what it has not told the fate of."""

    process: subprocess.Popen[bytes]
    frames: Frames = field(default_factory=Frames)
    letters: set[int] = field(default_factory=set)
    flying: dict[Key, Copy] = field(default_factory=dict)
    is_down: bool = False
    """Whether it found no way to the server since copies were last given."""

    def ask(self, asked: str, given: object) -> bool:
        """Write one message; say whether the child still reads."""
        try:
            pipe = cast("IO[bytes]", self.process.stdin)
            pipe.write(framed((asked, given)))
            pipe.flush()
        except OSError:
            return False
        return True

    @property
    def fd(self) -> int:
        """Where its messages come in."""
        return cast("IO[bytes]", self.process.stdout).fileno()


class Couriers:
    """
    A few children that send copies. Not for several threads at once.

    Give posts (`send`) and copies (`parcel`), take `events`, commit their marks and `acknowledge`
    them. `watched` are the files a caller may wait on for the next events.
    """

    def __init__(self, server: Server, *, children: int = 2) -> None:
        self._server = server
        self._size = children
        self._children: list[_Child] = []
        self._letters: dict[int, Letter] = {}
        self._queue: deque[Copy] = deque()
        self._unmarked: dict[Key, _Child] = {}
        self._number = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def start(self) -> None:
        """Start the children; they open connections when there is something to send."""
        self._children += [self._started() for _ in range(self._size - len(self._children))]

    def close(self) -> None:
        """
        End the children at once, and forget all posts and copies.

        What is not acknowledged by then is to be given again, after a new `start`.
        """
        children, self._children = self._children, []
        for child in children:
            _end(child)
        self._queue.clear()
        self._unmarked.clear()
        self._letters.clear()

    @property
    def waiting(self) -> int:
        """How many copies have no fate yet."""
        return len(self._queue) + sum(len(child.flying) for child in self._children)

    @property
    def watched(self) -> tuple[int, ...]:
        """Files that become readable when there are events."""
        return tuple(child.fd for child in self._children)

    @property
    def pids(self) -> tuple[int, ...]:
        """The children's process ids."""
        return tuple(child.process.pid for child in self._children)

    def send(
        self,
        template: Template,
        *signers: Signer | None,
        leave_address: str,
        at: int,
        hashed: bytes | None = None,
        is_international: bool = False,
    ) -> int:
        """
        Give a post whose copies will follow; return the number by which they name it.

        Each signer signs every copy: the RSA key of the list's domain, and one of Ed25519 beside it
        where wanted (RFC 8463); none where the mail server signs. `at` in seconds since 1970;
        `hashed` is the body's hash where it is known already.
        Raises ValueError for a key that is none.
        """
        given = tuple(signer for signer in signers if signer)
        for signer in given:
            loaded(signer.key)
        if hashed is None:
            hashed = body_hash(template.body) if given else b""
        self._number += 1
        self._letters[self._number] = Letter(
            self._number, template.head, template.body, leave_address, given, hashed, at,
            is_international,
        )  # fmt: skip
        return self._number

    def parcel(self, letter: int, parcel: int, recipients: Iterable[Recipient]) -> None:
        """Give copies of a post; a parcel's number with the recipient's is never given twice."""
        self._queue.extend(Copy(letter, parcel, recipient) for recipient in recipients)
        for child in self._children:
            child.is_down = False  # a new try
        self._feed()

    def forget(self, letter: int) -> None:
        """Drop a post all of whose copies have a fate."""
        self._letters.pop(letter, None)
        for child in self._children:
            if letter in child.letters:
                child.letters.discard(letter)
                child.ask("forget", letter)

    def acknowledge(self, events: Iterable[Event]) -> None:
        """Let connections go on whose last copies are marked, durably, as sent."""
        going: dict[_Child, list[Key]] = {}
        for event in events:
            if isinstance(event, Sent):
                key = event.parcel, event.number
                if child := self._unmarked.pop(key, None):
                    going.setdefault(child, []).append(key)
        for child, keys in going.items():
            child.ask("go", keys)

    def events(self, timeout: float | None = None) -> list[Event]:
        """Wait up to `timeout` seconds (None: for ever) for fates, and give all there are."""
        by_fd = {child.fd: child for child in self._children}
        readable, _, _ = select(list(by_fd), [], [], timeout)
        found: list[Event] = []
        for fd in readable:
            found += self._heard(by_fd[fd])
        self._feed()
        return found

    def _heard(self, child: _Child) -> Sequence[Event]:
        octets = os.read(child.fd, _READ)
        if not octets:
            return [self._replaced(child)]
        settled = (self._settled(child, one) for news in child.frames.fed(octets) for one in news)
        return [event for event in settled if event]

    def _settled(self, child: _Child, event: Event) -> Event | None:
        if isinstance(event, Down):
            return self._down(child, event)
        if isinstance(event, Sent | Deferred | Refused):
            key = event.parcel, event.number
            child.flying.pop(key, None)
            child.is_down = False
            if isinstance(event, Sent):
                self._unmarked[key] = child
        return event

    def _down(self, child: _Child, event: Down) -> Down | None:
        """Leave a child's copies to the others; where none reaches the server, hand back all."""
        child.is_down = True
        back = [copy for key in event.unsent if (copy := child.flying.pop(key, None))]
        self._queue.extendleft(reversed(back))
        if not all(one.is_down and not one.flying for one in self._children):
            return None
        unsent = [copy.key for copy in self._queue]
        self._queue.clear()
        return Down(event.words, unsent)

    def _replaced(self, child: _Child) -> Lost:
        """Start a child in place of one that died, and name the copies it held."""
        _end(child)
        self._children[self._children.index(child)] = self._started()
        self._unmarked = {key: by for key, by in self._unmarked.items() if by is not child}
        return Lost("A courier ended before its time.", list(child.flying))

    def _feed(self) -> None:
        """Give each child as many copies as keep it busy, and no more."""
        most = _AHEAD * self._server.connections
        able = [child for child in self._children if not child.is_down]
        for child in able:
            room = most - len(child.flying)
            if not self._queue:
                return
            if room * 2 >= most:
                share = -(-len(self._queue) // len(able)) if len(self._queue) < most else room
                self._give(child, min(room, share))

    def _give(self, child: _Child, number: int) -> None:
        copies = [self._queue.popleft() for _ in range(min(number, len(self._queue)))]
        for letter in {copy.letter for copy in copies} - child.letters:
            child.letters.add(letter)
            child.ask("letter", self._letters[letter])
        child.flying.update((copy.key, copy) for copy in copies)
        child.ask("copies", [tuple(copy) for copy in copies])

    def _started(self) -> _Child:
        process = subprocess.Popen(
            [sys.executable, "-m", "intersession.lists.formats.courier.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            process_group=0,  # Ctrl-C is for the parent, which ends its children in order
        )
        child = _Child(process)
        child.ask("server", self._server)
        return child


def _end(child: _Child) -> None:
    child.process.kill()
    child.process.wait()
    for pipe in (child.process.stdin, child.process.stdout):
        try:
            cast("IO[bytes]", pipe).close()
        except OSError:
            continue
