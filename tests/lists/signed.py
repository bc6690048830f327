"""Mail signed by domains of tests, and the zones that know their keys."""

from functools import cache

import dkim

from intersession.lists.formats.authentication.judging import authenticate
from intersession.lists.formats.resolver import DnsResolver
from intersession.lists.rules.judging import Authentic
from tests.lists.keys import signer
from tests.lists.posts import LIST, post
from tests.lists.zones import zones

MX = "mx.lists.example.net"

type Zone = dict[str, list[str] | str]


def keys_of(*domains: str, selector: str = "one") -> Zone:
    """Give the records of the keys of domains, all the same key."""
    return {f"{selector}._domainkey.{domain}": [record()] for domain in domains}


@cache
def record() -> str:
    from intersession.lists.formats.signing import dns_record

    return dns_record(signer().key)


def signed(
    raw: bytes = b"",
    domain: str = "example.org",
    *,
    include: tuple[str, ...] = ("From", "To", "Subject", "Message-ID"),
    way: str = "relaxed/relaxed",
    more: bytes = b"",
) -> bytes:
    """Sign a post as a domain; `more` is put into the signature before it is made."""
    raw = raw or post()
    canonical = tuple(part.encode() for part in way.split("/"))
    made = dkim.sign(
        raw, b"one", domain.encode(), signer().key.encode(), canonicalize=canonical,
        include_headers=[name.encode() for name in include], length=more == b"l",
    )  # fmt: skip
    return bytes(made) + raw


def found(
    raw: bytes, records: Zone | None = None, *, trusted: tuple[str, ...] = (), deadline: float = 5
) -> Authentic:
    """Authenticate a mail, asking a real server that knows the records and the test's keys."""
    known = keys_of("example.org") if records is None else records
    with zones(known) as (host, port):
        resolver = DnsResolver([host], port, limit=0.3)
        return authenticate(raw, trusted_ids=trusted, resolver=resolver, deadline=deadline)


__all__ = ["LIST", "MX", "found", "keys_of", "record", "signed"]
