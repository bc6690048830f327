"""All methods together: is the From domain authenticated, and what does it ask of receivers."""

from collections.abc import Iterable

from dkim import DKIMException

from intersession.lists.formats.authentication.domains import domain_of, is_aligned
from intersession.lists.formats.authentication.policies import Wish, wish_of
from intersession.lists.formats.authentication.servers import spf_of
from intersession.lists.formats.authentication.signatures import Signed
from intersession.lists.formats.resolver import Budget, Resolver
from intersession.lists.rules.composing.heads import Head, name_of, value_of
from intersession.lists.rules.composing.results import CHAIN
from intersession.lists.rules.judging import Authentic, Finding
from intersession.lists.rules.judging.reading import authors_of

DEADLINE = 5.0
"""Seconds for all questions to DNS about one mail."""
_SIGNING = CHAIN | {b"dkim-signature"}


def authenticate(
    raw: bytes, *, trusted_ids: Iterable[str], resolver: Resolver, deadline: float = DEADLINE
) -> Authentic:
    """
    Find out whether the domain that From names has signed or sent this mail (RFC 7489, 3.1).

    DKIM and ARC are verified here; the result of SPF is taken from the servers named in
    `trusted_ids`, whose fields stand on top. Silence of DNS for longer than `deadline` seconds in
    all, and whatever cannot be read, mean: not authenticated, policy unknown. Never raises.
    """
    try:
        return _authenticated(raw, trusted_ids, Budget(resolver, deadline))
    except Exception:  # hostile bytes may bring any library down; that proves nothing of its sender
        return Authentic()


def proves(raw: bytes, domain: str, *, resolver: Resolver, deadline: float = DEADLINE) -> bool:
    """
    Test whether a copy still bears a valid DKIM signature that is aligned with a domain.

    This is what decides whether From must be rewritten, after the copy was built. Never raises.
    """
    try:
        budget = Budget(resolver, deadline)
        wish = wish_of(domain, budget)
        return _passing([*Signed(raw, budget).dkim(domain)], domain, wish) is not None
    except Exception:  # see above
        return False


def holds(raw: bytes, place: int, *, resolver: Resolver, deadline: float = DEADLINE) -> bool:
    """
    Test whether the DKIM signature at a place from the top may still verify on a copy.

    One that DNS is silent about may. Never raises.
    """
    try:
        return Signed(raw, Budget(resolver, deadline)).holds(place)
    except Exception:  # see above
        return False


def _authenticated(raw: bytes, trusted_ids: Iterable[str], resolver: Resolver) -> Authentic:
    head = Head.of(raw)
    author = _author(head)
    domain = domain_of(author)
    wish = wish_of(domain, resolver) if domain else Wish("unknown")
    is_signed = not _SIGNING.isdisjoint(map(name_of, head.fields))
    findings, arc = _verified(raw, author, domain, resolver) if is_signed else ([], "none")
    spf = spf_of(head, trusted_ids)
    findings = [spf, *findings] if spf else findings
    passing = _passing(findings, domain, wish)
    if domain:
        findings.append(_dmarc(domain, wish, is_passed=passing is not None))
    if arc != "none":
        findings.append(Finding("arc", arc))
    return Authentic(
        is_authenticated=passing is not None,
        domain=domain,
        by=passing.method if passing else "",
        policy=wish.policy,
        arc=arc,
        findings=tuple(findings),
    )


def _author(head: Head) -> str:
    """Return the address in From where every reading agrees on one; else nothing."""
    froms = [
        value_of(field).decode("ascii", "surrogateescape")
        for field in head.fields
        if name_of(field) == b"from"
    ]
    authors, is_clear = authors_of(froms)
    return authors[0] if is_clear else ""


def _verified(
    raw: bytes, author: str, domain: str, resolver: Resolver
) -> tuple[list[Finding], str]:
    """Verify signatures and chain; nothing holds where the verifier reads another author."""
    try:
        signed = Signed(raw, resolver)
    except (DKIMException, IndexError, ValueError):
        return [], "none"
    if author and authors_of(signed.froms())[0] != (author,):
        return [], "none"
    return [*signed.dkim(domain)], signed.arc()


def _passing(findings: list[Finding], domain: str, wish: Wish) -> Finding | None:
    """Find the first method that passed for a domain aligned with the author's."""
    for one in sorted(findings, key=lambda finding: finding.method != "dkim"):
        told = dict(one.properties)
        if one.method == "dkim":
            theirs, is_strict = told.get("header.d", ""), wish.is_strict_for_dkim
        else:
            sender = told.get("smtp.mailfrom", "")
            theirs, is_strict = sender.rpartition("@")[2], wish.is_strict_for_spf
        if one.result == "pass" and is_aligned(theirs, domain, is_strict=is_strict):
            return one
    return None


def _dmarc(domain: str, wish: Wish, *, is_passed: bool) -> Finding:
    if wish.policy == "unknown" and not is_passed:
        result = "temperror"
    elif not wish.is_published and wish.policy == "none":
        result = "none"
    else:
        result = "pass" if is_passed else "fail"
    told = (("header.from", domain), ("policy.dmarc", wish.policy))
    return Finding("dmarc", result, told if wish.is_published else told[:1])
