"""What the mail engine needs no more, thrown away day by day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from intersession.kit.batches import in_batches
from intersession.lists.models import (
    Answered,
    Arrival,
    MailingList,
    Parcel,
    Question,
    Relay,
    Thread,
)
from intersession.lists.states import Outcome, RelayState
from intersession.outbox import actions as outbox

LETTERS = timedelta(days=30)
"""After a letter was sent or failed; its texts go."""
QUESTIONS = timedelta(days=30)
"""After a question could be answered last."""
ANSWERS = timedelta(days=2)
"""After the day of an automatic answer."""
KEPT_OUT = timedelta(days=14)
"""After a mail came that was kept out or could not be read; the mail itself goes."""
PARCELS = timedelta(days=30)
"""After the last copy of a parcel left, of a relay that has ended."""
OURS = timedelta(days=30)
"""After a mail of the house to itself came; all of it goes, and that it came back."""


def prune(*, at: datetime) -> int:
    """Throw away what is needed no more, in batches, and return how many rows that were."""
    kept_out = Arrival.objects.filter(
        outcome__in=[Outcome.DROPPED, Outcome.UNREADABLE], at__lt=at - KEPT_OUT
    ).exclude(raw=b"")
    ended = Parcel.objects.filter(relay__state__in=[RelayState.SENT, RelayState.STOPPED])
    needless = (
        Question.objects.filter(ends_at__lt=at - QUESTIONS),
        Answered.objects.filter(on__lt=(at - ANSWERS).date()),
        ended.filter(done_at__lt=at - PARCELS),
        Arrival.objects.filter(mailing_list__is_probe=True, at__lt=at - OURS),
    )
    ours = Thread.objects.filter(mailing_list__is_probe=True, last_at__lt=at - OURS).exclude(
        messages__relay__state=RelayState.SENDING
    )
    return (
        outbox.forget_texts(before=at - LETTERS)
        + in_batches(kept_out, lambda rows: rows.update(raw=b""))
        + sum(in_batches(some, lambda rows: rows.delete()) for some in needless)
        + in_batches(ours, lambda threads: [_forget(one) for one in threads])
    )


@transaction.atomic
def _forget(thread: Thread) -> None:
    """
    Forget a thread of mails to ourselves with all that hangs on it.

    Each is by itself: for every message that goes, the database looks through the whole archive for
    one that answers it. The list is locked, as where a post comes in.
    """
    mailing_list = MailingList.every.select_for_update().get(pk=thread.mailing_list_id)
    for post in thread.messages.all():
        month = mailing_list.months.filter(first_day=post.at.date().replace(day=1))
        month.update(messages=F("messages") - 1)
    mailing_list.months.filter(messages=0).delete()
    Relay.objects.filter(message__thread=thread).delete()
    thread.messages.all().delete()
    thread.ghosts.all().delete()
    thread.delete()
