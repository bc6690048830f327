"""The verbs of a call."""

from intersession.decisions.actions.answers import hear_answer, hear_completion
from intersession.decisions.actions.calls import amend, defer, open_call, withdraw
from intersession.decisions.actions.determinations import correct, determine, ensure_frozen
from intersession.decisions.actions.hearing import attend_lists
from intersession.decisions.actions.naming import name_anew
from intersession.decisions.actions.noting import hold, spoken_for
from intersession.decisions.actions.objections import (
    answer_objection,
    confirm_stands,
    dispose,
    say_understood,
    withdraw_objection,
)
from intersession.decisions.actions.positions import take_position
from intersession.decisions.actions.proposals import confirm_proposal, undo_position
from intersession.decisions.actions.statements import (
    confirm_cosign,
    cosign,
    decline_invitation,
    draft_statement,
    file_statement,
    withdraw_statement,
)

__all__ = [
    "amend",
    "answer_objection",
    "attend_lists",
    "confirm_cosign",
    "confirm_proposal",
    "confirm_stands",
    "correct",
    "cosign",
    "decline_invitation",
    "defer",
    "determine",
    "dispose",
    "draft_statement",
    "ensure_frozen",
    "file_statement",
    "hear_answer",
    "hear_completion",
    "hold",
    "name_anew",
    "open_call",
    "say_understood",
    "spoken_for",
    "take_position",
    "undo_position",
    "withdraw",
    "withdraw_objection",
    "withdraw_statement",
]
