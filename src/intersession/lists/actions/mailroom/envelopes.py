"""The envelopes of a relay's copies: each its own return path, and its own way to leave."""

from django.conf import settings

from intersession.lists.formats.courier.messages import Recipient
from intersession.lists.models import MailingList
from intersession.lists.queries.tokens import leave_token, return_paths


class Envelopes:
    """Writes the envelopes of one relay; what all share is looked up once."""

    def __init__(self, mailing_list: MailingList, relay: int) -> None:
        self._back = return_paths(mailing_list, relay)
        self._page = f"{settings.SITE_URL}/lists/leaving/"

    def to(self, number: int, address: str) -> Recipient:
        """Write the envelope for a subscription (RFC 5321, 3.6.2; RFC 8058, 3.1)."""
        page = f"{self._page}{leave_token(number)}/"
        return Recipient(number, address, self._back(number), page)
