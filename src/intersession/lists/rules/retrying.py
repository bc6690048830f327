"""When a copy that the mail server put off is tried again."""

from datetime import timedelta

STEPS = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1440, 1440, 1440, 1440)
"""Minutes between tries: five days in all, as RFC 5321 (4.5.4.1) asks at least."""


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after so many tries; None when it is given up."""
    if tries < 1:
        raise ValueError("Nothing was tried yet.")
    return timedelta(minutes=STEPS[tries - 1]) if tries <= len(STEPS) else None
