"""What the house itself says on a list: archived and relayed as every post is."""

from datetime import datetime
from secrets import token_hex

from django.conf import settings
from django.db import transaction

from intersession.kit import bell
from intersession.lists.actions.archiving import keep_all
from intersession.lists.actions.relaying import relay_all
from intersession.lists.formats.authentication.writing import results_value
from intersession.lists.formats.pressing import press
from intersession.lists.formats.written import Written, mail_of
from intersession.lists.models import MailingList, Message, Relay
from intersession.lists.rules.addresses import beside
from intersession.lists.rules.judging import Authentic


@transaction.atomic
def announce(mailing_list: MailingList, *, subject: str, text: str, at: datetime) -> Message | None:
    """
    Say something on a list in the name of who looks after it; answers go to the list.

    Returns None where the list takes no posts now: it is closed, stopped, or lives elsewhere.
    """
    if mailing_list.closed_at or mailing_list.stopped_at or mailing_list.mirrors:
        return None
    domain = mailing_list.address.partition("@")[2]
    written = Written(
        name=str(mailing_list.coalition), address=beside(mailing_list.address, "owner"),
        to=mailing_list.address, subject=subject, text=text,
        message_id=f"announced.{token_hex(16)}@{domain}", reply_to=mailing_list.address,
        is_automatic=True,
    )  # fmt: skip
    ((message, _),) = keep_all(mailing_list, [press(mail_of(written, at=at), "", at)], at=at)
    results = results_value(Authentic(), settings.MAIL_ID)
    relay_all(mailing_list, [Relay(message=message, at=at, results=results, policy="none")])
    bell.ring()
    return message
