"""The law of a call: plain values in, plain values out."""

from intersession.decisions.rules.chairs import Cell, Count, Room, Row, Voice, room
from intersession.decisions.rules.clock import closing, is_open, pieces
from intersession.decisions.rules.law import (
    DEFAULT_PUBLISHABLE,
    Rule,
    Tally,
    check_position,
    enough,
    level_table,
    publishable,
    tally_of,
    withdrawal,
)
from intersession.decisions.rules.merkle import Leaf, Verdict, digest, leaf_digest, root, verify
from intersession.decisions.rules.parts import (
    OBJECTIONS,
    POSITIONS,
    WORDS,
    fitting,
    numbers_of,
    part_of,
)
from intersession.decisions.rules.texts import (
    Change,
    Passage,
    changes,
    count_words,
    from_json,
    text_hash,
    to_json,
)

__all__ = [
    "DEFAULT_PUBLISHABLE",
    "OBJECTIONS",
    "POSITIONS",
    "WORDS",
    "Cell",
    "Change",
    "Count",
    "Leaf",
    "Passage",
    "Room",
    "Row",
    "Rule",
    "Tally",
    "Verdict",
    "Voice",
    "changes",
    "check_position",
    "closing",
    "count_words",
    "digest",
    "enough",
    "fitting",
    "from_json",
    "is_open",
    "leaf_digest",
    "level_table",
    "numbers_of",
    "part_of",
    "pieces",
    "publishable",
    "room",
    "root",
    "tally_of",
    "text_hash",
    "to_json",
    "verify",
    "withdrawal",
]
