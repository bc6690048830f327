"""Counting comments and their answers. Every number stands with its whole."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intersession.outputs.states import Answer


@dataclass(frozen=True, slots=True)
class Tally:
    """How many comments there are, by how many people, and how they were answered."""

    total: int = 0
    people: int = 0
    accepted: int = 0
    in_part: int = 0
    declined: int = 0
    out_of_scope: int = 0
    merged: int = 0
    waiting: int = 0


def tally(rows: Iterable[tuple[str, int]]) -> Tally:
    """Count rows of (answer, author); an empty answer is a comment that waits."""
    answers: list[str] = []
    people: set[int] = set()
    for answer, author in rows:
        answers.append(answer)
        people.add(author)
    return Tally(
        total=len(answers),
        people=len(people),
        accepted=answers.count(Answer.ACCEPTED),
        in_part=answers.count(Answer.IN_PART),
        declined=answers.count(Answer.DECLINED),
        out_of_scope=answers.count(Answer.OUT_OF_SCOPE),
        merged=answers.count(Answer.MERGED),
        waiting=answers.count(""),
    )


def sentence(counted: Tally) -> str:
    """Say the count in one sentence: who commented, and what became of it."""
    if not counted.total:
        return _("No comments yet.")
    whole = _comments_by(counted.total, counted.people)
    parts = [
        ngettext("%(n)d accepted", "%(n)d accepted", counted.accepted) % {"n": counted.accepted},
        ngettext("%(n)d in part", "%(n)d in part", counted.in_part) % {"n": counted.in_part},
        ngettext("%(n)d declined with reason", "%(n)d declined with reason", counted.declined)
        % {"n": counted.declined},
    ]
    if counted.out_of_scope:
        parts.append(
            ngettext("%(n)d out of scope", "%(n)d out of scope", counted.out_of_scope)
            % {"n": counted.out_of_scope}
        )
    if counted.merged:
        parts.append(
            ngettext("%(n)d merged with another", "%(n)d merged with others", counted.merged)
            % {"n": counted.merged}
        )
    parts.append(ngettext("%(n)d open", "%(n)d open", counted.waiting) % {"n": counted.waiting})
    return _("%(comments)s: %(answers)s.") % {"comments": whole, "answers": ", ".join(parts)}


def _comments_by(total: int, people: int) -> str:
    """Say how many comments by how many people; each number bends its own word."""
    by = ngettext("%(people)d person", "%(people)d people", people) % {"people": people}
    return ngettext("%(total)d comment by %(by)s", "%(total)d comments by %(by)s", total) % {
        "total": total,
        "by": by,
    }
