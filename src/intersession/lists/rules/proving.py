"""What our own results of authentication say of a post that was taken in (RFC 8601)."""

import re

_RESULT = re.compile(r"(dkim|dmarc)=([a-z]+)(?: |\Z)")


def proves_author(results: str, address: str) -> bool:
    """
    Test whether results that we wrote say that the domain of an address was authenticated.

    Where that domain asks nothing of receivers, a signature by the very same domain does.
    """
    domain = _known_to_dns(address.rpartition("@")[2])
    told = [
        (*found.groups(), part) for part in results.split("; ") if (found := _RESULT.match(part))
    ]
    dmarc = [result for kind, result, part in told if kind == "dmarc" and _names(part, domain)]
    signed = [
        part for kind, result, part in told
        if kind == "dkim" and result == "pass" and f" header.d={domain} " in f"{part} "
    ]  # fmt: skip
    return bool(domain) and (dmarc == ["pass"] or (dmarc == ["none"] and bool(signed)))


def _names(part: str, domain: str) -> bool:
    return f" header.from={domain} " in f"{part} "


def _known_to_dns(domain: str) -> str:
    try:
        return domain.lower() if domain.isascii() else domain.encode("idna").decode()
    except UnicodeError:
        return ""
