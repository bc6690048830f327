"""Getting a post or a digest to its recipients: in parcels, marked copy by copy."""

from intersession.lists.actions.relaying.marking import (
    Copied,
    Deferred,
    Marks,
    Refused,
    finish_empty,
    mark,
)
from intersession.lists.actions.relaying.parcels import (
    claim,
    free,
    give_back,
    hasten,
    is_due,
    leave_halted,
    put_down,
    relay,
    relay_all,
    relay_issue,
)
from intersession.lists.actions.relaying.stopping import pause, resume, stop

__all__ = [
    "Copied",
    "Deferred",
    "Marks",
    "Refused",
    "claim",
    "finish_empty",
    "free",
    "give_back",
    "hasten",
    "is_due",
    "leave_halted",
    "mark",
    "pause",
    "put_down",
    "relay",
    "relay_all",
    "relay_issue",
    "resume",
    "stop",
]
