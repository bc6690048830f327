"""What is held or was kept on arrival of a mail that is redacted, emptied."""

from datetime import datetime, timedelta
from zlib import decompress

from intersession.lists.actions.locking import lock
from intersession.lists.letters.moderating import forget
from intersession.lists.models import Arrival, Held, Message, Question
from intersession.lists.queries.redactions import copies_of
from intersession.lists.rules.holding import DECIDE_WITHIN
from intersession.lists.rules.parsing import parsed
from intersession.lists.states import HeldState


def forget_held(message: Message, at: datetime) -> list[int]:
    """
    Empty what is held or was kept on arrival of the same mail; return the posts that waited.

    The moment of a message is what its author's clock said, which goes at most a day before ours;
    a held post is read again as it is let out.
    """
    Arrival.objects.filter(message__in=[one.pk for one in copies_of(message)]).update(raw=b"")
    earliest = message.at - DECIDE_WITHIN - timedelta(days=1)
    same = [
        held.pk
        for held in Held.objects.filter(at__gte=earliest).exclude(raw=b"").iterator(50)
        if parsed(decompress(held.raw), latest=at).message_id == message.message_id
    ]
    return [held.pk for held in lock(*same) if _empty(held, at)]


def _empty(held: Held, at: datetime) -> bool:
    """Empty a held copy, and tell whether it waited: one that did will not go out."""
    has_waited = held.decided_at is None
    held.raw, held.subject, held.name, held.address, held.envelope = b"", "", "", "", ""
    if has_waited:
        held.state, held.decided_at = HeldState.DISCARDED, at
        Question.objects.filter(held=held, answered_at=None).update(answered_at=at)
    held.save()
    forget([held.pk])
    return has_waited
