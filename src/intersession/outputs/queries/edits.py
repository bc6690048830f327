"""What the forms of a work show now, as plain values: what an editor has seen can be told."""

from collections.abc import Mapping

from intersession.kit.edits import plain
from intersession.outputs.models import Comment, Output

DESCRIPTION = ("title", "kind", "abstract", "asks", "readers", "language", "licence")


def described(output: Output) -> Mapping[str, str]:
    """Return the description of a work as its form sends it."""
    themes = output.subjects.values_list("theme", flat=True)
    return {
        **{name: plain(getattr(output, name)) for name in DESCRIPTION},
        "keywords": ", ".join(output.keywords),
        "themes": ", ".join(sorted(str(pk) for pk in themes)),
    }


def answered(comment: Comment) -> Mapping[str, str]:
    """Return the answer to a comment as its form sends it."""
    other = comment.merged_with
    return {
        "answer": comment.answer,
        "reply": plain(comment.reply),
        "merged_with": str(other.number) if other else "",
    }
