"""The key that signs all mail of ours: copies, letters, and the mail to ourselves."""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.composing.mitigating import addresses_of

if TYPE_CHECKING:
    from intersession.lists.formats.signing import Signer

# Cryptography takes eight megabytes: only a process that signs loads it.


@cache
def _key() -> str:
    return settings.DKIM_KEY.read_text() if settings.DKIM_KEY.is_file() else ""


def signer_of(domain: str) -> "Signer | None":
    """Return what signs mail of a domain of ours; None while there is no key."""
    from intersession.lists.formats.signing import Signer  # noqa: PLC0415 (see above)

    return Signer(domain, settings.DKIM_SELECTOR, _key()) if _key() else None


def signature(raw: bytes, at: datetime) -> bytes:
    """
    Write the signature of a mail that we wrote, by the domain of its From (RFC 6376).

    It goes before the mail. Empty while there is no key, and for mail from no domain.
    """
    from intersession.lists.formats.signing import body_hash  # noqa: PLC0415 (see above)

    head = Head.of(raw)
    authors = [address for value in head.values("From") for address in addresses_of(value)]
    signer = signer_of(authors[0].rpartition("@")[2]) if authors else None
    return signer.sign(head, body_hash(head.body), int(at.timestamp())) if signer else b""
