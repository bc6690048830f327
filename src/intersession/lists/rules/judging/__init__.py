"""Whether a mail may go out to a list: its signs, what is known of its sender, and the verdict."""

from intersession.lists.rules.judging.knowing import Authentic, Finding, Known, Policy
from intersession.lists.rules.judging.law import is_about, judge, may_be_answered
from intersession.lists.rules.judging.mirrors import is_of_mirror, judge_mirrored
from intersession.lists.rules.judging.reading import signs
from intersession.lists.rules.judging.reasons import Note, Reason
from intersession.lists.rules.judging.signs import Signs
from intersession.lists.rules.judging.verdicts import (
    Accept,
    Confirm,
    Drop,
    Hold,
    Refuse,
    Verdict,
)

__all__ = [
    "Accept",
    "Authentic",
    "Confirm",
    "Drop",
    "Finding",
    "Hold",
    "Known",
    "Note",
    "Policy",
    "Reason",
    "Refuse",
    "Signs",
    "Verdict",
    "is_about",
    "is_of_mirror",
    "judge",
    "judge_mirrored",
    "may_be_answered",
    "signs",
]
