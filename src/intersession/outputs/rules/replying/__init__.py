"""A reply to a mailed draft, taken apart into comments on the paragraphs it answers."""

from intersession.outputs.rules.replying.printing import owners, printed
from intersession.outputs.rules.replying.reading import read
from intersession.outputs.rules.replying.receiving import Reply, reply_of
from intersession.outputs.rules.replying.shapes import (
    Draft,
    How,
    Left,
    Line,
    Paragraph,
    Piece,
    Place,
    Reading,
    Role,
)

__all__ = [
    "Draft",
    "How",
    "Left",
    "Line",
    "Paragraph",
    "Piece",
    "Place",
    "Reading",
    "Reply",
    "Role",
    "owners",
    "printed",
    "read",
    "reply_of",
]
