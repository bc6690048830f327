"""The settings of a Mailman 2 list as Python 2 pickled them: protocol 1, byte strings."""

from collections.abc import Callable, Sequence
from typing import Any


class Bounced:
    """Stands for an object of Mailman's class of bounces."""


def config_pck(**settings: Any) -> bytes:
    """Write what lies in a list's config.pck."""
    return _written(settings) + b"."


def _written(value: Any) -> bytes:
    return _WRITE[type(value)](value)


_WRITE: dict[type, Callable[[Any], bytes]] = {
    Bounced: lambda value: b"(cMailman.Bouncer\n_BounceInfo\no" + _written({"score": 2}) + b"b",
    int: lambda value: b"J" + value.to_bytes(4, "little", signed=True),
    float: lambda value: b"F" + repr(value).encode() + b"\n",
    bytes: lambda value: b"T" + len(value).to_bytes(4, "little") + value,
    str: lambda value: _written(value.encode()),
    tuple: lambda value: b"(" + _joined(value) + b"t",
    list: lambda value: b"](" + _joined(value) + b"e",
    dict: lambda value: b"}(" + _joined([part for pair in value.items() for part in pair]) + b"u",
}


def _joined(values: Sequence[Any]) -> bytes:
    return b"".join(map(_written, values))
