from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PageEdited:
    coalition_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PageConfirmed:
    coalition_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatTaken:
    coalition_id: int
    person_id: int
    office: str
    at: datetime
