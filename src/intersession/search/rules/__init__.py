"""
What a document is, and how text becomes words that can be found.

Pure: no Django, no database, so that the parsing children of an import can use it.
"""

from intersession.search.rules.asking import Part, Problem, Question, ask
from intersession.search.rules.documents import (
    VERSION,
    Document,
    Terms,
    analyse,
    marks,
    tagged,
    unpack,
)
from intersession.search.rules.showing import Spotter, highlight, snippet

__all__ = [
    "VERSION",
    "Document",
    "Part",
    "Problem",
    "Question",
    "Spotter",
    "Terms",
    "analyse",
    "ask",
    "highlight",
    "marks",
    "snippet",
    "tagged",
    "unpack",
]
