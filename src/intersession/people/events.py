from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PersonRenamed:
    person_id: int
    at: datetime
