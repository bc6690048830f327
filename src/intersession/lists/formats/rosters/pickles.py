"""
Pickles of Mailman 2, read without running anything.

Python's own reader calls whatever a pickle names. This one knows the few instructions that write
plain values; of an object it keeps what was said of it, and where a pickle names anything but a
class of Mailman's, it is refused.
"""

from collections.abc import Callable
from pickletools import genops
from typing import Any

from django.utils.translation import gettext as _

MOST = 20_000_000
"""Instructions of the longest pickle that is read."""

_PLAIN = frozenset(
    {("copy_reg", "_reconstructor"), ("__builtin__", "object"), ("__builtin__", "set"),
     ("__builtin__", "frozenset"), ("sets", "Set")}
)  # fmt: skip


class NotPlain(Exception):
    """The pickle names or does what no plain values need. Says what, in a sentence."""


class Inert:
    """An object or a name of a class that was in a pickle: nothing of it was called."""

    __slots__ = ("name", "said")

    def __init__(self, name: str, said: object = None) -> None:
        self.name = name
        self.said = said


_MARK = object()

type Step = Callable[["_Reader", Any], None]


class _Reader:
    """A stack and a memory, as the instructions of a pickle need them."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.memory: dict[int, Any] = {}

    def marked(self) -> list[Any]:
        """Take everything above the last mark."""
        place = len(self.stack) - 1
        while self.stack[place] is not _MARK:
            place -= 1
            if place < 0:
                raise IndexError
        taken = self.stack[place + 1 :]
        del self.stack[place:]
        return taken

    def put(self, number: int) -> None:
        """Remember what is on top."""
        self.memory[number] = self.stack[-1]


def read_pickle(octets: bytes) -> object:
    """
    Read the value in a pickle of protocol 0, 1 or 2, texts of Python 2 as UTF-8 or Latin-1.

    Raises NotPlain for what is damaged, endless, or names something to be run.
    """
    reader = _Reader()
    try:
        for count, (instruction, value, _place) in enumerate(genops(octets)):
            if instruction.name == "STOP":
                return reader.stack.pop()
            _step(instruction.name, count)(reader, value)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError) as problem:
        raise NotPlain(_("The file is damaged, or no file of Mailman 2.")) from problem
    raise NotPlain(_("The file is damaged, or no file of Mailman 2."))


def _step(name: str, count: int) -> Step:
    step = _STEPS.get(name)
    if step is None or count > MOST:
        raise NotPlain(
            _("The file holds an instruction that no roster needs (%(name)s).") % {"name": name}
        )
    return step


def _text(value: str) -> str:
    """Read a byte string, which `genops` gives as Latin-1."""
    octets = value.encode("latin-1")
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return value


def _named(name: str) -> Inert:
    module, _blank, attribute = name.partition(" ")
    if (module, attribute) in _PLAIN or module.split(".")[0] == "Mailman":
        return Inert(f"{module}.{attribute}")
    raise NotPlain(
        _("The file names %(name)s, which no roster holds. It was not run; nothing was read.")
        % {"name": f"{module}.{attribute}"}
    )


def _keyed(taken: dict[Any, Any], pairs: list[Any]) -> None:
    """Keep pairs whose key is a plain value; a key made of others could take for ever to hash."""
    both = zip(pairs[::2], pairs[1::2], strict=True)
    taken |= {key: value for key, value in both if isinstance(key, str | int | float | None)}


def _set(reader: _Reader, pairs: list[Any]) -> None:
    if not isinstance(reader.stack[-1], dict):
        raise TypeError
    _keyed(reader.stack[-1], pairs)


def _extend(reader: _Reader, items: list[Any]) -> None:
    if not isinstance(reader.stack[-1], list):
        raise TypeError
    reader.stack[-1].extend(items)


def _push(reader: _Reader, value: object) -> None:
    reader.stack.append(value)


def _last(reader: _Reader, count: int) -> list[Any]:
    if len(reader.stack) < count:
        raise IndexError
    taken = reader.stack[-count:]
    del reader.stack[-count:]
    return taken


def _drop(taken: list[Any]) -> None:
    taken.clear()


def _dictionary(reader: _Reader, _value: object) -> None:
    made: dict[Any, Any] = {}
    _keyed(made, reader.marked())
    reader.stack.append(made)


def _called(reader: _Reader, _value: object) -> None:
    """Keep what would have been called, and with what: nothing is called."""
    what, given = _last(reader, 2)
    if not isinstance(what, Inert):
        raise TypeError
    reader.stack.append(Inert(what.name, given))


def _built(reader: _Reader, _value: object) -> None:
    state = reader.stack.pop()
    if not isinstance(reader.stack[-1], Inert):
        raise TypeError
    reader.stack[-1].said = state


def _object(reader: _Reader, _value: object) -> None:
    what, *given = reader.marked()
    if not isinstance(what, Inert):
        raise TypeError
    reader.stack.append(Inert(what.name, given))


def _instance(reader: _Reader, name: str) -> None:
    given = reader.marked()
    reader.stack.append(Inert(_named(name).name, given))


def _same(value: object) -> object:
    return value


def _pushing(make: Callable[[Any], object]) -> Step:
    return lambda reader, value: reader.stack.append(make(value))


_STEPS: dict[str, Step] = {
    "PROTO": lambda reader, value: None,
    "MARK": lambda reader, value: _push(reader, _MARK),
    "POP": lambda reader, value: _drop(_last(reader, 1)),
    "POP_MARK": lambda reader, value: _drop(reader.marked()),
    "DUP": lambda reader, value: _push(reader, reader.stack[-1]),
    "NONE": lambda reader, value: _push(reader, None),
    "NEWTRUE": lambda reader, value: _push(reader, value=True),
    "NEWFALSE": lambda reader, value: _push(reader, value=False),
    **dict.fromkeys(
        ("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT",
         "UNICODE", "BINUNICODE"),
        _pushing(_same),
    ),
    **dict.fromkeys(("STRING", "BINSTRING", "SHORT_BINSTRING"), _pushing(_text)),
    "EMPTY_LIST": lambda reader, value: _push(reader, []),
    "EMPTY_DICT": lambda reader, value: _push(reader, {}),
    "EMPTY_TUPLE": lambda reader, value: _push(reader, ()),
    "LIST": lambda reader, value: _push(reader, reader.marked()),
    "TUPLE": lambda reader, value: _push(reader, tuple(reader.marked())),
    "TUPLE1": lambda reader, value: _push(reader, tuple(_last(reader, 1))),
    "TUPLE2": lambda reader, value: _push(reader, tuple(_last(reader, 2))),
    "TUPLE3": lambda reader, value: _push(reader, tuple(_last(reader, 3))),
    "DICT": _dictionary,
    "APPEND": lambda reader, value: _extend(reader, _last(reader, 1)),
    "APPENDS": lambda reader, value: _extend(reader, reader.marked()),
    "SETITEM": lambda reader, value: _set(reader, _last(reader, 2)),
    "SETITEMS": lambda reader, value: _set(reader, reader.marked()),
    **dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT"), lambda r, value: r.put(value)),
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), lambda r, value: _push(r, r.memory[value])),
    "GLOBAL": _pushing(_named),
    "REDUCE": _called,
    "NEWOBJ": _called,
    "BUILD": _built,
    "OBJ": _object,
    "INST": _instance,
}  # fmt: skip
"""The instructions of a pickle that are followed (Python's `pickletools` describes each)."""
