"""Reading outputs: works, their texts and comments, and the pages made of them."""

from intersession.outputs.queries.comments import ledger_of, tally_of
from intersession.outputs.queries.consensus import checks_of, statements_received
from intersession.outputs.queries.works import (
    OFFICES,
    current_publication,
    is_editor,
    latest,
    latest_version,
    of_coalition,
    open_round,
    open_work,
    state_at,
    visible_to,
    waiting_for,
    works_of,
)

__all__ = [
    "OFFICES",
    "checks_of",
    "current_publication",
    "is_editor",
    "latest",
    "latest_version",
    "ledger_of",
    "of_coalition",
    "open_round",
    "open_work",
    "state_at",
    "statements_received",
    "tally_of",
    "visible_to",
    "waiting_for",
    "works_of",
]
