"""The head of a message, edited as bytes: nothing that is not taken out or put in changes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_LINE = re.compile(rb"[^\n]*\n|[^\n]+\Z")
_BREAK = re.compile(rb"\r\n|\n")
_EMPTY = (b"\n", b"\r\n")


@dataclass(frozen=True)
class Head:
    """The fields of a message with their folding and line ends, and all that follows them."""

    envelope: bytes
    """A mailbox's `From ` line, where one stands before the fields; else empty."""
    fields: tuple[bytes, ...]
    rest: bytes
    """The empty line and the body. Without an empty line, the body from its first line on."""

    @classmethod
    def of(cls, raw: bytes) -> Self:
        """
        Cut a message into its fields and the rest (RFC 5322, 2.2), which `bytes` joins again.

        The first line that is no field and continues none begins the body, as servers read it.
        """
        envelope, fields, lines, start, at = b"", list[bytes](), list[bytes](), 0, 0
        for found in _LINE.finditer(raw):
            line, start = found[0], found.start()
            if start == 0 and line.startswith((b"From ", b">From ")):
                envelope = line
            elif lines and line[:1] in b" \t":
                lines.append(line)
            elif line not in _EMPTY and _FIELD.match(line):
                fields += [b"".join(lines)] if lines else []
                lines = [line]
            else:
                break
            at = found.end()
        fields += [b"".join(lines)] if lines else []
        return cls(envelope, tuple(fields), raw[at:])

    def __bytes__(self) -> bytes:
        """Give the whole message."""
        return b"".join((self.envelope, *self.fields, self.rest))

    @cached_property
    def end(self) -> bytes:
        """How lines of this message end: as the first one does, else as mail's do."""
        first = _BREAK.search(b"".join(self.fields[:1]) or self.rest)
        return first[0] if first else b"\r\n"

    @cached_property
    def body(self) -> bytes:
        """The body, without the empty line before it."""
        for line in _EMPTY:
            if self.rest.startswith(line):
                return self.rest[len(line) :]
        return self.rest

    @cached_property
    def block(self) -> bytes:
        """The fields alone, each line ended, without the empty line after them."""
        block = b"".join(self.fields)
        return block if not block or block.endswith(b"\n") else block + self.end

    def named(self, *names: str) -> Iterator[bytes]:
        """Give the fields of these names, first to last, as they stand."""
        wanted = {name.lower().encode() for name in names}
        return (field for field in self.fields if name_of(field) in wanted)

    def values(self, name: str) -> tuple[bytes, ...]:
        """Give what the fields of a name hold, on one line each, without blanks around."""
        return tuple(value_of(field) for field in self.named(name))

    def without(self, names: Iterable[str]) -> Self:
        """Take out the fields of these names; `list-*` is every name that begins so."""
        small = [name.lower().encode() for name in names]
        exact = {name for name in small if not name.endswith(b"*")}
        begun = tuple(name[:-1] for name in small if name.endswith(b"*"))
        return self.keeping(
            field
            for field in self.fields
            if (name := name_of(field)) not in exact and not (begun and name.startswith(begun))
        )

    def keeping(self, fields: Iterable[bytes]) -> Self:
        """Have these fields in place of those there were."""
        return replace(self, fields=tuple(fields))

    def with_first(self, lines: Iterable[bytes]) -> Self:
        """
        Put fields before all others: each `Name: value`, folded where need be, without its end.

        Raises ValueError for a field that would end early or begin another one.
        """
        new = tuple(_BREAK.sub(self.end, checked(line)) + self.end for line in lines)
        *before, last = self.fields or (b"",)
        ended = (*before, last if last.endswith(b"\n") else last + self.end) if last else ()
        return replace(self, fields=(*new, *ended))


def name_of(field: bytes) -> bytes:
    """Name a field, in small letters."""
    return field.partition(b":")[0].rstrip(b" \t").lower()


def value_of(field: bytes) -> bytes:
    """Unfold what a field holds (RFC 5322, 2.2.3), without blanks around."""
    return _BREAK.sub(b"", field.partition(b":")[2]).strip()


def checked(line: bytes) -> bytes:
    """Give back one whole field; raise ValueError for what is none, or more than one."""
    if not _FIELD.match(line) or line.endswith((b"\n", b"\r")):
        raise ValueError("This is not one field of a message.")
    first, *others = _BREAK.split(line)
    if any(other[:1] not in (b" ", b"\t") or not other.strip() for other in others):
        raise ValueError("A field must not begin another one.")
    if b"\r" in first + b"".join(others) or b"\0" in line:
        raise ValueError("A field must not hold control signs.")
    return line
