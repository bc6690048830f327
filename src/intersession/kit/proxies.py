"""Whose address a request comes from, where proxies stand before us. Plain values."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from environs import ValidationError

type Address = IPv4Address | IPv6Address


def proxies_only(given: Sequence[str]) -> None:
    """
    Check that a setting names proxies: nothing, one number, or addresses and networks.

    Raises ValidationError, with words, where it names something else.
    """
    if len(given) == 1 and given[0].isdecimal():
        return
    for words in given:
        try:
            ip_network(words)
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem


def client_address(connected: str, forwarded: str, proxies: Sequence[str]) -> str:
    """
    Return the address of whoever asks: that of the connection, or what trusted proxies say of it.

    `forwarded` is X-Forwarded-For: each proxy adds at the end whom it heard. It is read from the
    end, since whatever stands before the first proxy's own word may be invented by the client.
    `proxies` is one number (that many stand before us), or their addresses and networks.
    """
    path = [*(part for part in forwarded.split(",") if part.strip()), connected]
    if not proxies:
        return connected
    is_number = len(proxies) == 1 and proxies[0].isdecimal()
    left = int(proxies[0]) if is_number else len(path)
    best = connected
    for words in reversed(path):
        address = _read(words)
        if address is None:
            break  # nobody we trust wrote this
        best = str(address)
        if left == 0 or not (is_number or _is_in(address, proxies)):
            break
        left -= 1
    return best


def _read(words: str) -> Address | None:
    """Read an address, with or without a port: `192.0.2.1:99`, `[2001:db8::1]:99`."""
    words = words.strip()
    if words.startswith("["):
        words = words[1:].partition("]")[0]
    elif words.count(":") == 1:
        words = words.partition(":")[0]
    try:
        address = ip_address(words)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _is_in(address: Address, proxies: Sequence[str]) -> bool:
    return any(address in ip_network(network) for network in proxies)
