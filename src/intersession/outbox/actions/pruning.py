"""What is kept of letters that were sent long ago."""

from datetime import datetime

from django.db.models import Q

from intersession.kit.batches import in_batches
from intersession.outbox.models import Enclosure, Letter


def forget_texts(*, before: datetime) -> int:
    """
    Empty the letters that were sent, or failed, before a moment; return how many.

    That they were sent, when and to whom, stays. An enclosed mail goes with its last letter.
    """
    over = Letter.objects.filter(Q(sent_at__lt=before) | Q(failed_at__lt=before))
    full = over.exclude(body="", html="", enclosed=None)
    count = in_batches(full, lambda rows: rows.update(body="", html="", enclosed=None))
    in_batches(Enclosure.objects.filter(letters=None), lambda rows: rows.delete())
    return count
