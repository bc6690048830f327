"""Reading calls: who stood where, what dissents, what waits for whom, the frozen record."""

from intersession.decisions.queries.calls import (
    clock_round,
    closed_calls,
    current_round,
    has_objected,
    has_taken_part,
    of_coalition,
    open_calls,
    recorded_hashes,
    rule_of,
    visible_to,
)
from intersession.decisions.queries.dissent import (
    MinorityStatement,
    Signer,
    dissent_considered,
    gate,
    invitation_of,
    is_author,
    own_draft,
    statements,
    visible_statements,
)
from intersession.decisions.queries.frozen import Item, export, items, items_so_far
from intersession.decisions.queries.standing import (
    PositionRow,
    Standing,
    position_rows,
    standing,
    tally,
)
from intersession.decisions.queries.waiting import Waiting, waiting_for

__all__ = [
    "Item",
    "MinorityStatement",
    "PositionRow",
    "Signer",
    "Standing",
    "Waiting",
    "clock_round",
    "closed_calls",
    "current_round",
    "dissent_considered",
    "export",
    "gate",
    "has_objected",
    "has_taken_part",
    "invitation_of",
    "is_author",
    "items",
    "items_so_far",
    "of_coalition",
    "open_calls",
    "own_draft",
    "position_rows",
    "recorded_hashes",
    "rule_of",
    "standing",
    "statements",
    "tally",
    "visible_statements",
    "visible_to",
    "waiting_for",
]
