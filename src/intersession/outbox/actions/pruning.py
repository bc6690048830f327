"""What is kept of letters that were sent long ago."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

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


GONE = "[…]"
"""Stands in the place of a subject that is forgotten."""


def forget_letters(keys: Iterable[str], prefixes: Iterable[str] = ()) -> int:
    """
    Forget what letters said, by their keys or how these begin, as what they told of is gone.

    One that waits to be sent is not sent any more. That there were letters, when and to whom,
    stays of the others. Returns how many there were.
    """
    named = Q(key__in=[key for key in keys if key])
    begins = (Q(key__startswith=prefix) for prefix in prefixes if prefix)
    told = Letter.objects.filter(reduce(or_, begins, named))
    waiting, _kinds = told.filter(sent_at=None, failed_at=None).delete()
    return waiting + told.update(subject=GONE, body="", html="", enclosed=None)
