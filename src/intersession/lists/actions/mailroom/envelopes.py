"""The envelopes of a relay's copies: each its own return path, and its own way to leave."""

from django.conf import settings

from intersession.lists.formats.courier.messages import Recipient
from intersession.lists.models import MailingList
from intersession.lists.queries.tokens import LEAVE, key
from intersession.lists.rules import tokens


class Envelopes:
    """Writes the envelopes of one relay; what all share is looked up once."""

    def __init__(self, mailing_list: MailingList, relay: int) -> None:
        name, _at, domain = mailing_list.address.partition("@")
        self._relay = relay
        self._key = key()
        self._before, self._after = f"{name}-bounces{settings.MAIL_DELIMITER}", f"@{domain}"
        site = settings.SITE_URL
        self._page = f"{site}/lists/leaving/" if site.startswith("https://") else ""

    def to(self, number: int, address: str) -> Recipient:
        """Write the envelope for a subscription (RFC 5321, 3.6.2; RFC 8058, 3.1)."""
        back = tokens.token(self._key, self._relay, number, kind=tokens.RETURN)
        page = self._page and f"{self._page}{tokens.token(self._key, number, kind=LEAVE)}/"
        return Recipient(number, address, f"{self._before}{back}{self._after}", page)
