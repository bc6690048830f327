from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CallOpened:
    call_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CallAmended:
    call_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CallDetermined:
    call_id: int
    level: str
    may_publish: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class CallDeferred:
    call_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CallWithdrawn:
    call_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class StatementFiled:
    statement_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class StatementWithdrawn:
    statement_id: int
    at: datetime
