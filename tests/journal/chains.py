"""Chains for tests, made by the rules alone."""

from dataclasses import dataclass
from typing import Any

from intersession.journal import formats, rules
from intersession.journal.models import Checkpoint, Entry
from intersession.people.testing import NOON


@dataclass
class Chain:
    """An export line by line, and the hash after each."""

    lines: list[bytes]
    hashes: list[str]

    def checkpoint(self, count: int) -> str:
        """Return the checkpoint taken after so many entries."""
        hashed = self.hashes[count - 1] if count else rules.GENESIS
        return formats.checkpoint_line(Checkpoint(count=count, hash=hashed, at=NOON))


def a_chain(size: int, *, private: tuple[int, ...] = (), title: str = "Ein Entwurf, «é»") -> Chain:
    """Make a chain of so many entries; the numbers in `private` are private."""
    chain, head = Chain([], []), rules.GENESIS
    for number in range(1, size + 1):
        fields: dict[str, Any] = {
            "number": number, "at": NOON, "verb": "tests.act", "thing": "tests.thing:1",
            "scope": "dc-1", "title": title, "url": "/", "facts": {"n": number}, "digests": {},
        }  # fmt: skip
        salt = "ab" * 16 if number in private else ""
        hashed = rules.body_hash(rules.body(actor=None, **fields), salt)
        linked = rules.link(head, hashed)
        entry = Entry(
            **fields,
            is_public=not salt,
            salt=salt,
            body_hash=hashed,
            previous_hash=head,
            hash=linked,
        )
        chain.lines.append(formats.line(entry).encode())
        chain.hashes.append(linked)
        head = linked
    return chain
