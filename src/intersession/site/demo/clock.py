"""The demo's clock: how far it was moved is kept in a file that every process of the demo reads."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from intersession.kit import clock


def _place() -> Path:
    return Path(settings.DATA_DIR) / "demo-clock"


def shift() -> timedelta:
    """Return how far the demo's clock was moved; nothing where nobody moved it."""
    try:
        return timedelta(seconds=float(_place().read_text()))
    except FileNotFoundError:
        return timedelta(0)


def move(by: timedelta) -> None:
    """Move the clock forward. Raises ValueError for a step back: the record knows no way back."""
    if by < timedelta(0):
        raise ValueError("The demo's clock only moves forward.")
    new = shift() + by
    part = _place().with_suffix(".part")
    part.write_text(str(new.total_seconds()))
    part.replace(_place())


def move_past(moment: datetime) -> None:
    """Move the clock to one minute after a moment that lies ahead."""
    move(max(moment + timedelta(minutes=1) - clock.now(), timedelta(0)))


def start() -> None:
    """Let the house read the demo's clock. Called once as Django starts, only in a demo."""
    clock.shift_by(shift)
