"""What parent and child of a courier tell each other. Both ends are ours: pickles are safe here."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from intersession.lists.formats.signing import Signer

type Key = tuple[int, int]
"""Which copy: parcel, recipient."""


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server that takes our copies, and how we speak with it."""

    host: str
    port: int = 25
    security: str = ""
    """Empty, `starttls` or `tls`."""
    user: str = ""
    password: str = ""
    hello: str = "localhost"
    connections: int = 4
    """Kept open by each child."""
    patience: float = 300
    """Seconds until an answer is given up (RFC 5321, 4.5.3.2)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A post for a child: the shared head and body, and what signs each copy, outermost last."""

    number: int
    head: bytes
    body: bytes
    leave_address: str
    signers: tuple[Signer, ...]
    body_hash: bytes
    at: int
    is_international: bool


class Recipient(NamedTuple):
    """Who gets a copy: our number for it, the address, its own return path and way to leave."""

    number: int
    address: str
    return_path: str
    one_click_url: str


class Copy(NamedTuple):
    """One copy to be sent."""

    letter: int
    parcel: int
    recipient: Recipient

    @property
    def key(self) -> Key:
        """Which copy this is."""
        return self.parcel, self.recipient.number


class Sent(NamedTuple):
    """The server has taken a copy. Its connection waits until this is acknowledged."""

    parcel: int
    number: int
    words: str


class Deferred(NamedTuple):
    """The server did not take a copy for now; `code` 0 is a connection that broke in between."""

    parcel: int
    number: int
    code: int
    words: str
    stage: str
    """MAIL, RCPT or DATA; COPY where it could not be made. Only RCPT is about the reader."""


class Refused(NamedTuple):
    """The server will not take a copy."""

    parcel: int
    number: int
    code: int
    words: str
    stage: str


class Down(NamedTuple):
    """The server cannot be reached; these copies are handed back unsent."""

    words: str
    unsent: list[Key]


class Lost(NamedTuple):
    """A child died with these copies; at most one for each of its connections may have gone out."""

    words: str
    in_flight: list[Key]


type Event = Sent | Deferred | Refused | Down | Lost

_SIZE = 4


def framed(message: object) -> bytes:
    """Write a message with its length before it."""
    packed = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return len(packed).to_bytes(_SIZE, "big") + packed


class Frames:
    """Bytes as they come through a pipe, cut into messages."""

    def __init__(self) -> None:
        self._octets = bytearray()

    def fed(self, octets: bytes) -> Iterator[Any]:
        """Take in bytes and give each message that is whole by now."""
        held = self._octets
        held += octets
        start = 0
        while len(held) - start >= _SIZE:
            end = start + _SIZE + int.from_bytes(held[start : start + _SIZE], "big")
            if len(held) < end:
                break
            with memoryview(held) as view, view[start + _SIZE : end] as packed:
                message = pickle.loads(packed)  # noqa: S301 (from our own other end)
            yield message
            start = end
        del held[:start]
