"""Counting what is not kept: one row a day, however much comes."""

from datetime import datetime

from django.db.models import F

from intersession.lists.models import MailingList, Tally
from intersession.lists.states import Tallied


def tally(mailing_list: MailingList, what: Tallied, *, at: datetime) -> int:
    """Count one more mail of a kind today, and return how many came before it."""
    row, _ = Tally.objects.get_or_create(mailing_list=mailing_list, on=at.date(), what=what)
    Tally.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return int(row.count)
