"""What the owner of a domain asks of receivers (DMARC, RFC 7489)."""

from dataclasses import dataclass

from dmarc import DMARC, DMARCAlignment, DMARCDisposition, Error

from intersession.lists.formats.authentication.domains import ascii_domain, organization
from intersession.lists.formats.resolver import Resolver, Silent

_TAG = b"v=DMARC1"
_STRICT = DMARCAlignment.STRICT


@dataclass(frozen=True, slots=True)
class Wish:
    """
    A domain's policy: `none`, `quarantine`, `reject`, or `unknown` where DNS was silent.

    Of a domain that was silent we assume the strictest: nothing passes that might not.
    """

    policy: str = "none"
    is_published: bool = False
    is_strict_for_dkim: bool = False
    is_strict_for_spf: bool = False


SILENCE = Wish("unknown", is_strict_for_dkim=True, is_strict_for_spf=True)


def wish_of(domain: str, resolver: Resolver) -> Wish:
    """
    Look up what a From domain asks for: its own record, else its organization's (6.6.3).

    Of several records at one name none counts; what is no record of DMARC is left aside.
    """
    domain = ascii_domain(domain)
    if not domain:
        return Wish()
    above = organization(domain)
    try:
        records = _records(domain, resolver)
        if records or above == domain:
            return _read(records, is_below=False)
        return _read(_records(above, resolver), is_below=True)
    except Silent:
        return SILENCE


def _records(domain: str, resolver: Resolver) -> list[bytes]:
    texts = resolver.txt(f"_dmarc.{domain}")
    return [text for text in texts if text.lstrip().startswith(_TAG)]


def _read(records: list[bytes], *, is_below: bool) -> Wish:
    if len(records) != 1:
        return Wish()
    try:
        read = DMARC().parse_record(records[0].decode("utf-8", "replace"), "", strict=False)
    except (Error, ValueError, IndexError):
        return Wish(is_published=True)
    below = read.sp if is_below and read.sp is not DMARCDisposition.UNSPECIFIED else read.p
    return Wish(
        policy=str(below.value or "none"),
        is_published=True,
        is_strict_for_dkim=read.adkim is _STRICT,
        is_strict_for_spf=read.aspf is _STRICT,
    )
