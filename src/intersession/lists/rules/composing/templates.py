"""A post as all its subscribers get it, and the head of each one's copy."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.composing.ways import leaving


@dataclass(frozen=True)
class Template:
    """A post as every subscriber gets it, but for the fields by which each leaves."""

    head: bytes
    """The fields, each line ended, without the empty line."""
    body: bytes
    end: bytes = b"\r\n"

    @classmethod
    def of(cls, head: Head) -> Self:
        """Make one of an edited message."""
        return cls(head.block, head.body, head.end)

    def copy(self, one_click_url: str, leave_address: str) -> bytes:
        """Give the head of one subscriber's copy. Raises ValueError where the URL is not https."""
        lines = leaving(one_click_url, leave_address)
        return b"".join(line.replace(b"\r\n", self.end) + self.end for line in lines) + self.head

    def __bytes__(self) -> bytes:
        """Give a whole message, as one would be that nobody can leave."""
        return self.head + self.end + self.body

    def with_first(self, lines: Iterable[bytes]) -> Self:
        """Put fields before all others, such as a seal."""
        return replace(self, head=Head.of(self.head).with_first(lines).block)
