"""What a list does, month by month: numbers for words and for a drawing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intersession.kit.charts import spark

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Traffic:
    """The messages of twelve months, this one the last; `most` came in the month `busiest`."""

    counts: tuple[int, ...]
    busiest: date

    @property
    def total(self) -> int:
        """Return how many messages there are in all twelve."""
        return sum(self.counts)

    @property
    def most(self) -> int:
        """Return how many came in the busiest month."""
        return max(self.counts)

    @property
    def path(self) -> str:
        """Return the sparkline."""
        return spark(self.counts)


def months_until(today: date) -> list[date]:
    """Return the first days of twelve months, the one of today last."""
    last = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]


def traffic(messages: Mapping[date, int], today: date) -> Traffic:
    """Tell the last twelve months of a list; of two as busy the later counts as the busiest."""
    months = months_until(today)
    counts = tuple(messages.get(month, 0) for month in months)
    busiest = max(zip(counts, months, strict=True))[1]
    return Traffic(counts, busiest)
