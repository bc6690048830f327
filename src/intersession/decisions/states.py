"""The choices of this app, and the lives of a call, an objection and a minority statement."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intersession.kit.states import Life


class CallState(models.TextChoices):
    OPEN = "open", _("Open")
    DETERMINED = "determined", _("Determined")
    DEFERRED = "deferred", _("Deferred")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Stance(models.TextChoices):
    """The five positions; the last two differ."""

    SUPPORT = "support", _("Support")
    LIVE_WITH = "live-with", _("Can live with it")
    ABSTAIN = "abstain", _("Abstain")
    CONCERN = "concern", _("Concern")
    OBJECT = "object", _("Object")


MARK = {
    Stance.SUPPORT: "s",
    Stance.LIVE_WITH: "l",
    Stance.ABSTAIN: "a",
    Stance.CONCERN: "c",
    Stance.OBJECT: "o",
}
"""The class of each position's mark in the stylesheet."""


class Capacity(models.TextChoices):
    PERSONAL = "personal", _("In a personal capacity")
    ORGANIZATION = "organization", _("For an organization")


class ObjectionState(models.TextChoices):
    FILED = "filed", _("Not answered yet")
    ANSWERED = "answered", _("Answered, not disposed of yet")
    UPHELD = "upheld", _("Upheld")
    SETTLED = "settled", _("Settled by a changed text")
    NEGOTIATED = "negotiated", _("Negotiated")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REJECTED = "rejected", _("Rejected")
    OUTWEIGHED = "outweighed", _("Outweighed")
    INVALID = "invalid", _("Invalid")


class Disposition(models.TextChoices):
    """What a caller may decide about an objection; withdrawing is the objector's alone."""

    UPHELD = "upheld", _("Upheld: the text has to change")
    REJECTED = "rejected", _("Rejected")
    OUTWEIGHED = "outweighed", _("Outweighed: addressed, but not accommodated")
    INVALID = "invalid", _("Invalid: outside the question of this call")


class TurnKind(models.TextChoices):
    """What happened to an objection, turn by turn."""

    ANSWERED = "answered", _("Answered")
    UNDERSTOOD = "understood", _("I was understood")
    NOT_UNDERSTOOD = "not-understood", _("I was not understood")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", _("Rejected")
    OUTWEIGHED = "outweighed", _("Outweighed")
    INVALID = "invalid", _("Invalid")
    SETTLED = "settled", _("Settled by a changed text")
    STANDS = "stands", _("It still stands")
    NEGOTIATED = "negotiated", _("Negotiated: withdrawn after a change")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Level(models.TextChoices):
    """What a caller may declare (after the levels of the GNSO)."""

    FULL = "full-consensus", _("Full consensus")
    CONSENSUS = "consensus", _("Consensus")
    STRONG = "strong-support", _("Strong support but significant opposition")
    DIVERGENCE = "divergence", _("Divergence")
    NONE = "no-consensus", _("No consensus")


class StatementState(models.TextChoices):
    DRAFTED = "drafted", _("Draft, seen only by its author")
    FILED = "filed", _("Filed")
    WITHDRAWN = "withdrawn", _("Withdrawn by its authors")


class Role(models.TextChoices):
    AUTHOR = "author", _("Author")
    COSIGNER = "cosigner", _("Co-signer")


class Reply(models.TextChoices):
    """How an invitation to write a minority statement was answered."""

    FILED = "filed", _("A statement was filed")
    DECLINED = "declined", _("Declined")


_OPEN = frozenset({CallState.OPEN})
CALL: Life[CallState] = Life(
    {
        "amend": (_OPEN, CallState.OPEN),
        "determine": (_OPEN, CallState.DETERMINED),
        "defer": (_OPEN, CallState.DEFERRED),
        "withdraw": (_OPEN, CallState.WITHDRAWN),
    }
)

UNDISPOSED = frozenset({ObjectionState.FILED, ObjectionState.ANSWERED})
BLOCKING = UNDISPOSED | {ObjectionState.UPHELD}
"""While an objection is in one of these, nothing can be determined."""
NOT_ACCOMMODATED = frozenset(
    {ObjectionState.REJECTED, ObjectionState.OUTWEIGHED, ObjectionState.INVALID}
)
"""Whoever objected so is invited to write a minority statement."""
_STANDING = BLOCKING | NOT_ACCOMMODATED | {ObjectionState.SETTLED}
_ANSWERED = frozenset({ObjectionState.ANSWERED})
OBJECTION: Life[ObjectionState] = Life(
    {
        "answer": (UNDISPOSED, ObjectionState.ANSWERED),
        "upheld": (_ANSWERED, ObjectionState.UPHELD),
        "rejected": (_ANSWERED, ObjectionState.REJECTED),
        "outweighed": (_ANSWERED, ObjectionState.OUTWEIGHED),
        "invalid": (_ANSWERED, ObjectionState.INVALID),
        "settle": (frozenset({ObjectionState.UPHELD}), ObjectionState.SETTLED),
        "stand": (frozenset({ObjectionState.SETTLED}), ObjectionState.FILED),
        "withdraw": (_STANDING, ObjectionState.WITHDRAWN),
        "negotiate": (_STANDING, ObjectionState.NEGOTIATED),
    }
)

STATEMENT: Life[StatementState] = Life(
    {
        "rewrite": (frozenset({StatementState.DRAFTED}), StatementState.DRAFTED),
        "file": (frozenset({StatementState.DRAFTED}), StatementState.FILED),
        "withdraw": (
            frozenset({StatementState.DRAFTED, StatementState.FILED}),
            StatementState.WITHDRAWN,
        ),
    }
)
