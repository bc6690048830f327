"""Mail to offices, for those who hold them today."""

from django.db.models import QuerySet

from intersession.lists.models import Correspondence, MailingList

MOST = 200


def of_list(mailing_list: MailingList, *, whole: bool) -> list[Correspondence]:
    """Return the latest mail to a list's offices; not the Secretariat's unless `whole`."""
    found = _all().filter(mailing_list=mailing_list)
    return list((found if whole else found.filter(mailbox="owner"))[:MOST])


def everything() -> list[Correspondence]:
    """Return the latest mail to any office."""
    return list(_all()[:MOST])


def _all() -> QuerySet[Correspondence]:
    found = Correspondence.objects.defer("raw").order_by("-at", "-pk")
    return found.select_related("mailing_list__coalition", "answered_by")
