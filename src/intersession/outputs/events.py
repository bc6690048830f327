from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DraftStarted:
    output_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundOpened:
    round_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OutputPublished:
    publication_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OutputWithdrawn:
    output_id: int
    at: datetime
