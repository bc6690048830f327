"""Every state × every verb: only the arrows of the tables lead anywhere."""

import pytest

from intersession.decisions.states import (
    CALL,
    OBJECTION,
    PROPOSAL,
    STATEMENT,
    CallState,
    ObjectionState,
    ProposalState,
    StatementState,
)
from intersession.kit.answers import Refused

FILED, ANSWERED = ObjectionState.FILED, ObjectionState.ANSWERED
STANDING = set(ObjectionState) - {ObjectionState.NEGOTIATED, ObjectionState.WITHDRAWN}
LIVES = {"call": CALL, "objection": OBJECTION, "statement": STATEMENT, "proposal": PROPOSAL}
STATES = {
    "call": CallState,
    "objection": ObjectionState,
    "statement": StatementState,
    "proposal": ProposalState,
}
ARROWS = {
    "call": {
        "amend": ({CallState.OPEN}, CallState.OPEN),
        "determine": ({CallState.OPEN}, CallState.DETERMINED),
        "defer": ({CallState.OPEN}, CallState.DEFERRED),
        "withdraw": ({CallState.OPEN}, CallState.WITHDRAWN),
    },
    "objection": {
        "answer": ({FILED, ANSWERED}, ANSWERED),
        "upheld": ({ANSWERED}, ObjectionState.UPHELD),
        "rejected": ({ANSWERED}, ObjectionState.REJECTED),
        "outweighed": ({ANSWERED}, ObjectionState.OUTWEIGHED),
        "invalid": ({ANSWERED}, ObjectionState.INVALID),
        "settle": ({ObjectionState.UPHELD}, ObjectionState.SETTLED),
        "stand": ({ObjectionState.SETTLED}, ObjectionState.FILED),
        "withdraw": (STANDING, ObjectionState.WITHDRAWN),
        "negotiate": (STANDING, ObjectionState.NEGOTIATED),
        "restore": ({ObjectionState.NEGOTIATED, ObjectionState.WITHDRAWN}, FILED),
    },
    "proposal": {
        "confirm": ({ProposalState.PROPOSED}, ProposalState.CONFIRMED),
        "replace": ({ProposalState.PROPOSED}, ProposalState.REPLACED),
    },
    "statement": {
        "rewrite": ({StatementState.DRAFTED}, StatementState.DRAFTED),
        "file": ({StatementState.DRAFTED}, StatementState.FILED),
        "withdraw": ({StatementState.DRAFTED, StatementState.FILED}, StatementState.WITHDRAWN),
    },
}
CASES = [
    pytest.param(thing, verb, state, id=f"{thing}-{verb}-{state}")
    for thing, life in LIVES.items()
    for verb in life.steps
    for state in STATES[thing]
]


def test_the_tables_hold_these_verbs_and_no_others():
    assert {thing: set(life.steps) for thing, life in LIVES.items()} == {
        thing: set(arrows) for thing, arrows in ARROWS.items()
    }


@pytest.mark.parametrize(("thing", "verb", "state"), CASES)
def test_only_the_arrows_lead_anywhere(thing, verb, state):
    starts, end = ARROWS[thing][verb]
    if state in starts:
        assert LIVES[thing].after(verb, state) == end
    else:
        with pytest.raises(Refused, match="not possible now"):
            LIVES[thing].after(verb, state)
