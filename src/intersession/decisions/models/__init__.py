"""Tables of calls: the call and its texts, voices, objections, minority statements, its end."""

from intersession.decisions.models.calls import Call, Round
from intersession.decisions.models.ends import Correction, Determination
from intersession.decisions.models.objections import Objection, Turn
from intersession.decisions.models.positions import Position, Undoing
from intersession.decisions.models.proposals import Proposal
from intersession.decisions.models.statements import Invitation, Signature, Statement

__all__ = [
    "Call",
    "Correction",
    "Determination",
    "Invitation",
    "Objection",
    "Position",
    "Proposal",
    "Round",
    "Signature",
    "Statement",
    "Turn",
    "Undoing",
]
