"""How long a post waits for somebody, and how long one moderator has it in hand."""

from datetime import datetime, timedelta

DECIDE_WITHIN = timedelta(days=14)
"""A held post that nobody decided about in this time goes nowhere; its author is told."""
CONFIRM_WITHIN = timedelta(days=3)
"""A post waits so long for its author to confirm it."""
IN_HAND = timedelta(hours=1)
"""So long one moderator has a post in hand; then it is anybody's again."""
FOR_GOOD = timedelta(days=36_525)
"""A decision that lasts a hundred years has no end that anybody need be told."""
KEPT = timedelta(days=90)
"""What did not go out is kept so long after the decision, to answer questions about it."""
LETTERS = 20
"""Letters about held posts that a moderator gets of one list in an hour; the rest wait unsaid."""


def in_hand_until(claimed_at: datetime | None, at: datetime) -> datetime | None:
    """Return until when a post is in somebody's hand, None where it is in nobody's."""
    if claimed_at is None or claimed_at + IN_HAND <= at:
        return None
    return claimed_at + IN_HAND


def is_endless(since: datetime, until: datetime | None) -> bool:
    """Test whether what was decided has no end, or one in a hundred years."""
    return until is None or until - since >= FOR_GOOD
