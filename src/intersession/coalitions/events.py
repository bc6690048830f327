from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SeatTaken:
    coalition_id: int
    person_id: int
    office: str
    at: datetime
