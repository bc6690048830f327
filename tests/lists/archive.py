"""A small archive for tests of pages."""

from collections.abc import Sequence

from intersession.lists import actions
from intersession.lists.models import MailingList, Message
from tests.lists.mail import LATEST


def archived(mailing_list: MailingList, messages: Sequence[bytes]) -> list[Message]:
    """Take messages into a list, one after the other."""
    return [actions.archive(mailing_list, raw, at=LATEST) for raw in messages]
