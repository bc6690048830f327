"""Pages of long lists, by key and not by number: stable and as fast at the end as at the start."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from json import dumps, loads


@dataclass(frozen=True, slots=True)
class Part[T]:
    """One part of a long list, and the keys that open its neighbours."""

    items: Sequence[T]
    later: str = ""
    earlier: str = ""


def to_key(*values: str | int) -> str:
    """Write the sort values of a row as an opaque key for an address."""
    return urlsafe_b64encode(dumps(values).encode()).decode().rstrip("=")


def from_key(key: str) -> tuple[str | int, ...] | None:
    """Read a key back; None where somebody changed it."""
    try:
        values = loads(urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, list) or not all(_is_sortable(value) for value in values):
        return None
    return tuple(values)


def moment_and_number(key: str) -> tuple[datetime, int] | None:
    """Read a key made of a moment and a number back; None where somebody changed it."""
    match from_key(key):
        case (str(written), int(number)):
            try:
                at = datetime.fromisoformat(written)
                return (at.astimezone(UTC), number) if at.tzinfo else None
            except (ValueError, OverflowError):
                return None
    return None


def _is_sortable(value: object) -> bool:
    """Test whether a value could have come from a row: no database keeps NUL or huge numbers."""
    return (isinstance(value, str) and "\0" not in value) or (
        isinstance(value, int) and abs(value) < 2**63
    )
