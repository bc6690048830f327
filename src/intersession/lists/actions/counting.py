"""A month's numbers in the record: how many posts met which end, never whose (checklist 11)."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from intersession.journal.actions import record
from intersession.journal.models import Entry
from intersession.lists.models import MailingList
from intersession.lists.queries.handled import Handled, handled_since, month_of

VERB = "lists.count_month"


def count_month(*, at: datetime) -> int:
    """Write the numbers of the month before into the record, once; return of how many lists."""
    until = month_of(at)
    since = month_of(until - timedelta(days=1))
    lists = MailingList.objects.select_related("coalition").order_by("pk")
    return sum(_count(one, since, until, at=at) for one in lists.iterator(200))


@transaction.atomic
def _count(mailing_list: MailingList, since: datetime, until: datetime, *, at: datetime) -> bool:
    found = handled_since(mailing_list, since, until)
    thing = f"{mailing_list._meta.label_lower}:{mailing_list.pk}"
    if not found or Entry.objects.filter(verb=VERB, thing=thing, at__gte=until).exists():
        return False
    record(
        None, VERB, mailing_list, at=at, scope=mailing_list.coalition.slug,
        title=str(mailing_list), url=f"{mailing_list.get_absolute_url()}moderation/",
        facts=_facts(found[0]),
    )  # fmt: skip
    return True


def _facts(month: Handled) -> dict[str, str | int]:
    counts = {name: count for name, count in asdict(month).items() if name != "first_day"}
    confirmed, at_once = counts.pop("confirmed"), counts.pop("at_once")
    out = at_once + confirmed + month.approved
    return {"month": f"{month.first_day:%Y-%m}", "came": month.came, "went_out": out, **counts}
