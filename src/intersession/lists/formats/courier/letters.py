"""Copies as they go over the wire: what all share is made once, a signature for each."""

import re
from typing import NamedTuple

from intersession.lists.formats.courier.messages import Copy, Letter
from intersession.lists.formats.signing import Prepared, ended, wire
from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.composing.ways import leaving

_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\ud800-\udfff]")


class Unsendable(Exception):
    """A copy cannot be made as asked for."""


class Ready(NamedTuple):
    """A signed copy: its own lines, what it shares with all others, and its envelope."""

    copy: Copy
    own: bytes
    shared: bytes
    sender: bytes
    recipient: bytes
    is_eight_bit: bool
    is_international: bool
    """Whether the server has to know SMTPUTF8 (RFC 6531)."""
    tries: int = 0


class Press:
    """Makes the copies of one post."""

    def __init__(self, letter: Letter) -> None:
        head = wire(letter.head)
        self._shared = _stuffed(head + b"\r\n" + ended(wire(letter.body))) + b".\r\n"
        self._leave_address = letter.leave_address
        self._is_international = letter.is_international
        self._eight = not self._shared.isascii()
        fields = Head.of(head).fields
        self._prepared = [
            Prepared(signer, fields, letter.body_hash, letter.at) for signer in letter.signers
        ]

    def ready(self, copy: Copy) -> Ready:
        """Make and sign a copy. Raises Unsendable where the envelope or the link is unfit."""
        to = copy.recipient
        try:
            own = [line + b"\r\n" for line in leaving(to.one_click_url, self._leave_address)]
        except ValueError as problem:
            raise Unsendable(str(problem)) from problem
        signatures = [one.sign(own) for one in self._prepared]
        return Ready(
            copy, b"".join((*signatures, *own)), self._shared,
            _envelope(to.return_path), _envelope(to.address), self._eight,
            self._is_international or not (to.address + to.return_path).isascii(),
        )  # fmt: skip


def _stuffed(octets: bytes) -> bytes:
    """Double the dot at the start of a line (RFC 5321, 4.5.2)."""
    octets = octets.replace(b"\r\n.", b"\r\n..")
    return b"." + octets if octets.startswith(b".") else octets


def _envelope(address: str) -> bytes:
    if _UNSAFE.search(address) or len(address) > 320:
        raise Unsendable("The address is none that can be written in an envelope.")
    return address.encode()
