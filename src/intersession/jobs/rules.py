"""When a failed task is tried again, and when a schedule strikes next."""

from datetime import datetime, timedelta

from cronsim import CronSim

TRIES = 5
"""How often a task is tried unless it asks for more or less."""

KEPT = timedelta(days=1)
"""How long a file is kept that a task made for somebody."""

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)


def pause_after(tries: int, chance: float) -> timedelta:
    """
    Return how long to wait after so many tries: three times as long each time, spread by a fifth.

    `chance` is a number from 0 to 1; it keeps tasks that failed together from returning together.
    """
    pause: timedelta = min(FIRST_PAUSE * 3 ** min(tries - 1, 12), LONGEST_PAUSE)
    return pause * (0.8 + 0.4 * chance)


def strikes_after(cron: str, at: datetime) -> datetime:
    """Return the first moment after `at` that a cron line names; CronSimError on nonsense."""
    strike: datetime = next(CronSim(cron, at))
    return strike
