"""Domains as DMARC compares them: by the organization that they belong to."""

from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def make_ready() -> None:
    """Read the list of public suffixes, 0.3 s and 2 MB, so that the first mail does not wait."""
    _suffixes()


@lru_cache(maxsize=5_000)
def organization(domain: str) -> str:
    """
    Return the organizational domain (RFC 7489, 3.2): one label below the public suffix.

    A public suffix is its own: two who rent names below it have nothing to do with each other.
    """
    domain = ascii_domain(domain)
    try:
        return _suffixes().privatesuffix(domain) or domain
    except (ValueError, IndexError):
        return domain


def is_aligned(one: str, other: str, *, is_strict: bool = False) -> bool:
    """Test whether two domains are the same, or unless strict of one organization."""
    one, other = ascii_domain(one), ascii_domain(other)
    if not one or not other:
        return False
    return one == other or (not is_strict and organization(one) == organization(other))


@lru_cache(maxsize=5_000)
def ascii_domain(domain: str) -> str:
    """Write a domain as DNS knows it (RFC 5891), in small letters; empty for what is none."""
    text = domain.strip().rstrip(".").lower()
    try:
        return text if text.isascii() else text.encode("idna").decode()
    except (UnicodeError, ValueError):
        return ""


def domain_of(address: str) -> str:
    """Return the domain of an address as DNS knows it."""
    return ascii_domain(address.rpartition("@")[2]) if "@" in address else ""
