"""
Questions by letter: who reads the mail of an address says whether it was meant.

Anybody can type any address, or forge it: so a question is all that somebody else can cause, and
the limits keep it from becoming many. A question over a limit leaves no row and no letter.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from intersession.kit.answers import Refused
from intersession.lists.actions.tallying import tally
from intersession.lists.letters import asking as letters
from intersession.lists.models import MailingList, Question
from intersession.lists.phrases import OVER
from intersession.lists.queries.addressed import destination
from intersession.lists.queries.questions import counts
from intersession.lists.queries.subscribers import subscription_at
from intersession.lists.rules import addresses, limits
from intersession.lists.rules.limits import Limit, Mail
from intersession.lists.rules.wishes import AS_USUAL, Wishes
from intersession.lists.states import Purpose, Tallied, Way

ANSWER_WITHIN = timedelta(days=7)


@transaction.atomic
def ask_to_join(
    mailing_list: MailingList,
    address: str,
    *,
    at: datetime,
    way: Way,
    network: str = "",
    wishes: Wishes = AS_USUAL,
) -> Limit:
    """
    Ask an address whether it wants to be on a list, and say whether a limit kept us from it.

    An address that is on the list is told so instead. Raises Refused where it is no address, or
    the list takes nobody.
    """
    address = addresses.normal(address)
    refuse_what_cannot_be(mailing_list, address)
    options = {"way": way.value, **{name: str(value) for name, value in asdict(wishes).items()}}
    return _ask(Purpose.JOIN, mailing_list, address, at=at, network=network, options=options)


@transaction.atomic
def ask_to_leave(
    mailing_list: MailingList, address: str, *, at: datetime, way: Way, network: str = ""
) -> Limit:
    """
    Ask an address that is on a list whether it wants to leave.

    One that is not on it is not written to, and whoever asks is not told which it is.
    """
    address = addresses.normal(address)
    if subscription_at(mailing_list, address) is None:
        return limits.WITHIN
    options = {"way": way.value}
    return _ask(Purpose.LEAVE, mailing_list, address, at=at, network=network, options=options)


@transaction.atomic
def ask_to_change(
    mailing_list: MailingList, address: str, wishes: Wishes, *, at: datetime
) -> Limit:
    """Ask an address on a list whether its mail shall come in another way."""
    if subscription_at(mailing_list, address) is None:
        return limits.WITHIN
    options = {"delivery": wishes.delivery.value, "style": wishes.style.value}
    return _ask(Purpose.CHANGE, mailing_list, address, at=at, network="", options=options)


def ensure_within(limit: Limit) -> None:
    """Raise Refused where a limit is reached that whoever asks may know of."""
    if limit.over in OVER:
        raise Refused(str(OVER[limit.over]))


def refuse_what_cannot_be(mailing_list: MailingList, address: str) -> None:
    """Raise Refused where no mail of this list can go to this address."""
    if mailing_list.closed_at is not None:
        raise Refused(_("This list is closed. Its archive stays open."))
    if mailing_list.mirrors:
        raise Refused(
            _("This list lives elsewhere and is only archived here. Join it where it lives.")
        )
    if not addresses.is_address(address):
        raise Refused(_("Mail cannot go to this address. Check how it is written."))
    if destination(address, delimiter=settings.MAIL_DELIMITER) is not None:
        raise Refused(_("A list cannot subscribe to a list."))


def _ask(
    purpose: Purpose,
    mailing_list: MailingList,
    address: str,
    *,
    at: datetime,
    network: str,
    options: Mapping[str, str],
) -> Limit:
    limit = limits.allows(Mail.QUESTION, counts(mailing_list, address, network, at=at))
    if not limit:
        tally(mailing_list, Tallied.LIMIT, at=at)
        return limit
    asked = Question.objects.create(
        purpose=purpose, mailing_list=mailing_list, address=address, options=dict(options),
        network=network, asked_at=at, ends_at=at + ANSWER_WITHIN,
    )  # fmt: skip
    letters.ask(asked, at=at)
    return limit
