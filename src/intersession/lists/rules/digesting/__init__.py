"""Digests: which posts one holds, and how it is written. No database; bodies come one by one."""

from intersession.lists.rules.digesting.digests import digest
from intersession.lists.rules.digesting.editions import (
    Edition,
    Enclosed,
    Entry,
    Style,
    Words,
    message_id,
)
from intersession.lists.rules.digesting.windows import Period, closed, due, window

__all__ = [
    "Edition",
    "Enclosed",
    "Entry",
    "Period",
    "Style",
    "Words",
    "closed",
    "digest",
    "due",
    "message_id",
    "window",
]
