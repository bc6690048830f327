"""Tables of outputs: the work, its versions and blocks, comments, publications."""

from intersession.outputs.models.comments import Comment, CommentRound
from intersession.outputs.models.listed import ListedBy, ListedOutput, Uptake, UptakeOf
from intersession.outputs.models.publications import CarriedStatement, Declaration, Publication
from intersession.outputs.models.versions import Block, Version
from intersession.outputs.models.works import Contributor, Output, Subject

__all__ = [
    "Block",
    "CarriedStatement",
    "Comment",
    "CommentRound",
    "Contributor",
    "Declaration",
    "ListedBy",
    "ListedOutput",
    "Output",
    "Publication",
    "Subject",
    "Uptake",
    "UptakeOf",
    "Version",
]
