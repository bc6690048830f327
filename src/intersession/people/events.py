from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PersonRenamed:
    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class AddressProven:
    """Somebody has shown that they read the mail of one more address."""

    person_id: int
    at: datetime
