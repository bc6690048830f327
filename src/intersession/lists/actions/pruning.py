"""What the mail engine needs no more, thrown away day by day."""

from datetime import datetime, timedelta

from intersession.kit.batches import in_batches
from intersession.lists.models import Answered, Arrival, Parcel, Question
from intersession.lists.states import Outcome, RelayState
from intersession.outbox import actions as outbox

LETTERS = timedelta(days=30)
"""After a letter was sent or failed; its texts go."""
QUESTIONS = timedelta(days=30)
"""After a question could be answered last."""
ANSWERS = timedelta(days=2)
"""After the day of an automatic answer."""
KEPT_OUT = timedelta(days=14)
"""After a mail came that was kept out; the mail itself goes."""
PARCELS = timedelta(days=30)
"""After the last copy of a parcel left, of a relay that has ended."""


def prune(*, at: datetime) -> int:
    """Throw away what is needed no more, in batches, and return how many rows that were."""
    dropped = Arrival.objects.filter(outcome=Outcome.DROPPED, at__lt=at - KEPT_OUT).exclude(raw=b"")
    ended = Parcel.objects.filter(relay__state__in=[RelayState.SENT, RelayState.STOPPED])
    needless = (
        Question.objects.filter(ends_at__lt=at - QUESTIONS),
        Answered.objects.filter(on__lt=(at - ANSWERS).date()),
        ended.filter(done_at__lt=at - PARCELS),
    )
    return (
        outbox.forget_texts(before=at - LETTERS)
        + in_batches(dropped, lambda rows: rows.update(raw=b""))
        + sum(in_batches(some, lambda rows: rows.delete()) for some in needless)
    )
