"""Ada, whose mails prove that she sent them: her key, and what DNS says of it."""

from datetime import UTC, datetime
from functools import cache

import dkim

from intersession.lists.formats.signing import Signer, body_hash, dns_record, make_key
from intersession.lists.models import MailingList, Subscription
from intersession.lists.rules.composing.heads import Head
from intersession.people.testing import NOON

ADDRESS = "ada@example.org"


@cache
def _key() -> str:
    return make_key()[0]


def records(policy: str = "reject") -> dict[str, list[str]]:
    """Return the records of Ada's domain, for `zones`."""
    return {
        "ada._domainkey.example.org": [dns_record(_key())],
        "_dmarc.example.org": [f"v=DMARC1; p={policy}"],
    }


def authored(text: str) -> bytes:
    """Sign a mail with the key of Ada's domain."""
    raw = "\r\n".join(text.splitlines()).encode() + b"\r\n"
    head = Head.of(raw)
    at = int(datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp())
    return Signer("example.org", "ada", _key()).sign(head, body_hash(head.body), at) + raw


def signed_as_usual(text: str) -> bytes:
    """Sign a mail as servers of people do: what its author wrote, and no field of lists."""
    raw = "\r\n".join(text.splitlines()).encode() + b"\r\n"
    names = [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Content-Type"]
    line = dkim.sign(
        raw, b"ada", b"example.org", _key().encode(), include_headers=names,
        canonicalize=(b"relaxed", b"relaxed"),
    )  # fmt: skip
    return bytes(line) + raw


def plainly_authored(raw: bytes) -> bytes:
    """Sign a mail as most senders do, whose signatures outlive a list that adds fields."""
    signed = dkim.sign(
        raw, b"ada", b"example.org", _key().encode(), canonicalize=(b"relaxed", b"relaxed"),
        include_headers=[b"From", b"To", b"Subject", b"Date", b"Message-ID"],
    )  # fmt: skip
    return bytes(signed) + raw


def subscribed(*lists: MailingList) -> None:
    """Have Ada on these lists."""
    Subscription.objects.bulk_create(
        Subscription(mailing_list=one, address=ADDRESS, since=NOON) for one in lists
    )
