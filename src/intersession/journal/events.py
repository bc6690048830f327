from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CheckpointTaken:
    checkpoint_id: int
    at: datetime
