"""The one place where time enters. Pages, commands and the worker read it; verbs are given it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

type Shift = Callable[[], timedelta]


def _no_shift() -> timedelta:
    return timedelta(0)


_shift: Shift = _no_shift


def shift_by(source: Shift) -> None:
    """Let the demo move its clock: `source` says by how much, each time it is asked."""
    global _shift
    _shift = source


def now() -> datetime:
    """Return the present moment in UTC, shifted only in a demo."""
    return datetime.now(UTC) + _shift()  # noqa: TID251 (the one place)


def steady() -> datetime:
    """Return the machine's own moment, which no demo moves: for leases and heartbeats alone."""
    return datetime.now(UTC)  # noqa: TID251 (the one place)
