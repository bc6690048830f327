from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MemberJoined:
    coalition_id: int
    person_id: int
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MemberLeft:
    coalition_id: int
    person_id: int
    at: datetime
