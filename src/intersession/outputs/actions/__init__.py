"""The verbs of outputs: starting, writing, commenting, consensus, publishing."""

from intersession.outputs.actions.answering import answer_comment
from intersession.outputs.actions.commenting import comment
from intersession.outputs.actions.consensus import amend, propose_call, return_to_draft
from intersession.outputs.actions.naming import take_credit
from intersession.outputs.actions.publishing import (
    confirm_statement,
    declare_dissent_considered,
    publish,
    revise,
    withdraw,
)
from intersession.outputs.actions.rounds import move_close, open_round
from intersession.outputs.actions.starting import describe, start_draft
from intersession.outputs.actions.writing import (
    Stale,
    apply_suggestion,
    confirm_match,
    save_version,
)

__all__ = [
    "Stale",
    "amend",
    "answer_comment",
    "apply_suggestion",
    "comment",
    "confirm_match",
    "confirm_statement",
    "declare_dissent_considered",
    "describe",
    "move_close",
    "open_round",
    "propose_call",
    "publish",
    "return_to_draft",
    "revise",
    "save_version",
    "start_draft",
    "take_credit",
    "withdraw",
]
