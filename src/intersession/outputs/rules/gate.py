"""What must be true before a call for consensus, and before publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intersession.kit.words import moment
from intersession.outputs.states import State


@dataclass(frozen=True, slots=True)
class Check:
    """One condition: whether it is met, in words, and whether the editor may go on regardless."""

    is_met: bool
    words: str
    may_waive: bool = False
    at: str = ""


def state_at(state: State, closes_at: datetime | None, at: datetime) -> State:
    """Return the state in effect: at its closing moment a comment period is over by itself."""
    if state == State.COMMENT and closes_at is not None and closes_at <= at:
        return State.REVISION
    return state


def before_consensus(
    *, ended: int, needed: int, open_until: datetime | None, waiting: int, doubtful: int
) -> list[Check]:
    """
    List what must be true before a text goes to a call.

    `ended` and `needed` are comment periods, `open_until` the close of one that is open, `waiting`
    the comments without an answer, `doubtful` the paragraphs whose match nobody confirmed.
    """
    return [
        _periods(ended, needed, open_until),
        _answers(waiting),
        _matches(doubtful),
    ]


def is_ready(checks: Sequence[Check], reason: str) -> bool:
    """Test whether all is met, but for what the editor may waive with a reason stated."""
    return all(check.is_met or (check.may_waive and reason.strip()) for check in checks)


def _periods(ended: int, needed: int, open_until: datetime | None) -> Check:
    if not needed:
        return Check(open_until is None, _("The coalition’s procedure asks for no comment period."))
    words = ngettext(
        "%(ended)d of %(needed)d comment period held.",
        "%(ended)d of %(needed)d comment periods held.",
        needed,
    ) % {"ended": min(ended, needed) if open_until is None else ended, "needed": needed}
    if open_until is not None:
        more = _("One is open until %(moment)s.") % {"moment": moment(open_until)}
        return Check(is_met=False, words=f"{words} {more}")
    return Check(ended >= needed, words)


def _answers(waiting: int) -> Check:
    if not waiting:
        return Check(is_met=True, words=_("Every comment has an answer."))
    words = ngettext(
        "%(n)d comment without an answer.", "%(n)d comments without an answer.", waiting
    )
    return Check(is_met=False, words=words % {"n": waiting}, may_waive=True, at="waiting")


def _matches(doubtful: int) -> Check:
    if not doubtful:
        return Check(is_met=True, words=_("Every paragraph is tied to its earlier wording."))
    words = ngettext(
        "%(n)d paragraph may or may not be an earlier one: confirm it.",
        "%(n)d paragraphs may or may not be earlier ones: confirm them.",
        doubtful,
    )
    return Check(is_met=False, words=words % {"n": doubtful}, at="doubtful")


def may_declare(received: int, *, none_received: bool) -> str:
    """Return why a declaration would be false, or nothing: “none received” only when none was."""
    if none_received and received:
        return ngettext(
            "A minority statement was received; the declaration has to attach it.",
            "%(n)d minority statements were received; the declaration has to attach them.",
            received,
        ) % {"n": received}
    if not none_received and not received:
        return _("No minority statement was received; declare that none was.")
    return ""
