"""The acts of the sample world in the order of their moments, so that its record reads like one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

type Act = Callable[[datetime], object]


@dataclass
class Diary:
    """Acts with the moment at which each is done. `today` is the moment the demo begins."""

    today: datetime
    pages: list[tuple[datetime, int, Act]] = field(default_factory=list)

    def days_ago(self, days: float, act: Act) -> None:
        """Plan an act for so many days before today."""
        moment = (self.today - timedelta(days=days)).replace(microsecond=0)
        self.pages.append((moment, len(self.pages), act))

    def live(self) -> None:
        """Do all acts, earliest first; acts of one moment in the order they were planned."""
        for moment, _, act in sorted(self.pages, key=lambda page: page[:2]):
            act(moment)
