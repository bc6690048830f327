"""Letters of lists that come back: noted, and scored against an address that is on the list."""

from datetime import datetime

from django.db import transaction

from intersession.lists.actions.bouncing import about, keep_unread, score
from intersession.lists.actions.tallying import tally
from intersession.lists.formats.bounces import Read, Report, read_bounce
from intersession.lists.models import MailingList
from intersession.lists.queries.addressed import Destination
from intersession.lists.queries.subscribers import subscribers_of
from intersession.lists.rules.addresses import beside
from intersession.lists.rules.bouncing import Kind
from intersession.lists.states import Tallied
from intersession.outbox.actions import note_returned
from intersession.outbox.models import Letter

ON_ITS_WAY = frozenset([Kind.TRANSIENT, Kind.ARRIVED, Kind.AUTO_REPLY])
"""Reports that do not say that a letter did not arrive."""


def take_letter_report(where: Destination, letter: int, raw: bytes, *, at: datetime) -> None:
    """
    Take what came to the return path of a letter.

    It is answered to nobody. A letter that a mail server took may come back once.
    """
    report = read_bounce(raw)
    if report is None:
        keep_unread(where.mailing_list, raw, at=at)
    elif report.read is Read.AUTO_REPLY:
        tally(where.mailing_list, Tallied.REPLY, at=at)
    else:
        _note(where.mailing_list, letter, report, at=at)


@transaction.atomic
def _note(mailing_list: MailingList, number: int, report: Report, *, at: datetime) -> None:
    letter = Letter.objects.filter(pk=number).only("to").first()
    if letter is None:
        return
    told = about(report, letter.to.lower())
    words = f"{told.status} {told.diagnostic}".replace(letter.to, "…").strip()[:500]
    path = beside(mailing_list.address, "bounces")
    if told.kind in ON_ITS_WAY or not note_returned(number, path, words, at=at):
        return
    locked = subscribers_of(mailing_list).select_for_update(of=("self",), no_key=True)
    there = locked.select_related("mailing_list__coalition", "person")
    if subscription := there.filter(address=letter.to.lower()).first():
        score(subscription, told.kind, at=at)
