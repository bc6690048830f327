"""How a paragraph came to be as it is, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from intersession.outputs.rules.matching import Relation


@dataclass(frozen=True, slots=True)
class Step:
    """A paragraph in one version: its number there, and how it came out of the one before."""

    version: int
    relation: str
    number: str
    previous_number: str = ""
    is_edited: bool = False
    parents: tuple[str, ...] = ()
    position: int = 0
    previous_position: int = 0


def sentences(steps: Sequence[Step], *, unchanged: bool = True) -> list[str]:
    """
    Tell the history of one paragraph from its steps, oldest first.

    That it stayed as it was is told only where somebody asks, as who comments on it anew does.
    """
    if not steps:
        return []
    told = [told_step for step in steps if (told_step := _moved_or_joined(step))]
    changed = [step.version for step in steps[1:] if step.is_edited]
    if not changed:
        first = steps[0]
        if len(steps) == 1 and first.relation == Relation.NEW and first.version == 1:
            return told
        if not unchanged:
            return told
        is_new = len(steps) == 1 and first.version > 1 and first.relation == Relation.NEW
        words = _("New in draft %(n)d") if is_new else _("Unchanged since draft %(n)d")
        return [*told, words % {"n": first.version}]
    return [*told, _changed(changed)]


def _changed(versions: Sequence[int]) -> str:
    if len(versions) == 1:
        return _("Changed in draft %(n)d") % {"n": versions[0]}
    if len(versions) == 2:
        return _("Changed in draft %(n)d, again in draft %(m)d") % {
            "n": versions[0],
            "m": versions[1],
        }
    return _("Changed %(times)d times, last in draft %(n)d") % {
        "times": len(versions),
        "n": versions[-1],
    }


def _moved_or_joined(step: Step) -> str:
    named = {"n": step.version, "was": step.previous_number}
    if step.relation == Relation.MERGED:
        numbers = [number for number in (step.previous_number, *step.parents) if number]
        named["which"] = _(" and ").join(f"¶ {n}" for n in sorted(numbers, key=int))
        return _("Joined from %(which)s in draft %(n)d") % named
    if step.relation == Relation.SPLIT:
        named["was"] = step.previous_number or (step.parents[0] if step.parents else "")
        return _("Split from ¶ %(was)s in draft %(n)d") % named if named["was"] else ""
    if step.relation == Relation.MOVED and step.previous_number:
        is_up = step.number.isdigit() and int(step.number) < int(step.previous_number)
        words = (
            _("Moved up in draft %(n)d; was ¶ %(was)s")
            if is_up
            else _("Moved down in draft %(n)d; was ¶ %(was)s")
        )
        return words % named
    return ""
