"""The deadlines of the demo's world, for the button that moves its clock."""

from datetime import datetime

from intersession.decisions.models import Call, Invitation
from intersession.decisions.states import CallState
from intersession.outputs.models import CommentRound


def next_deadline(*, at: datetime) -> datetime | None:
    """Return the next closing moment of a comment period, a call or an invitation."""
    calls = Call.objects.filter(state=CallState.OPEN, closes_at__gt=at)
    moments = [
        *CommentRound.objects.filter(closes_at__gt=at).values_list("closes_at", flat=True),
        *calls.values_list("closes_at", flat=True),
        *Invitation.objects.filter(due_at__gt=at).values_list("due_at", flat=True),
    ]
    return min(moments, default=None)
