"""The deadlines of the demo's world, for the button that moves its clock."""

from datetime import datetime


def next_deadline(*, at: datetime) -> datetime | None:
    """Return the next closing moment of a comment round, a call or an invitation."""
    return None
