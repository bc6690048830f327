"""The choices of this app, and the lives of a call, an objection and a minority statement."""

from enum import IntEnum

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


class Answers(IntEnum):
    """What a letter that is answered by mail was about: its number in the token."""

    CALL = 1
    PROPOSAL = 2


class ProposalState(models.TextChoices):
    """A position that a mail proposed, and that its person has to confirm."""

    PROPOSED = "proposed", _("Proposed, not confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    REPLACED = "replaced", _("Replaced by a later one")


class Doubt(models.TextChoices):
    """Why a mail proposes a position and does not file it."""

    NOT_PROVEN = "not_proven", _("Nothing proves who sent the mail.")
    NOT_THEIRS = "not_theirs", _("The mail came from an address that is not yours.")
    NO_TOKEN = "no_token", _("The mail answered on the list, not the letter to you.")
    OLD_TEXT = "old_text", _("The text changed after the letter that the mail answers.")
    NO_REASON = "no_reason", _("A concern or an objection needs its reason.")
    NO_CHANGE = "no_change", _("An objection also says what change of the text would remove it.")


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
    RESTORED = "restored", _("It stands again: the position that took it back was undone")


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
        "restore": (
            frozenset({ObjectionState.WITHDRAWN, ObjectionState.NEGOTIATED}),
            ObjectionState.FILED,
        ),
    }
)
_PROPOSED = frozenset({ProposalState.PROPOSED})
PROPOSAL: Life[ProposalState] = Life(
    {
        "confirm": (_PROPOSED, ProposalState.CONFIRMED),
        "replace": (_PROPOSED, ProposalState.REPLACED),
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
