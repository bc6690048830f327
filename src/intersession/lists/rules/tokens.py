"""Tokens that stand for numbers in addresses and links: short, forgery-proof, free of names."""

from base64 import b32decode, b32encode
from hashlib import sha256
from hmac import compare_digest, digest

RETURN = "return"
"""The kind that stands in return paths: relay, subscription."""

LETTER = "letter"
"""The kind that stands in the return paths of letters: which letter."""

ANSWER = "answer"
"""The kind that stands where letters are answered: about what, which row of it, which person."""

_SEALS = {RETURN: 7, LETTER: 7, ANSWER: 7}
"""
Octets of the seal in tokens that have to fit beside the name of a list: a local part has 64
(RFC 5321, 4.5.3.1.1). Whoever guesses has to send a mail for each of 2^56 guesses.
"""
_SEAL = 15


def token(key: bytes, *numbers: int, kind: str) -> str:
    """
    Write numbers as a token of a kind: small letters and digits in base 32 (RFC 4648).

    Two numbers below 2^28 make a token of the kind RETURN of 24 letters at most.
    """
    told = b"".join(_written(number) for number in numbers)
    return _letters(told + _seal(key, kind, told))


def read(key: bytes, text: str, kind: str) -> tuple[int, ...]:
    """
    Read the numbers of a token, whatever case a server gave its letters.

    Raises ValueError for one that was not written with this key for this kind.
    """
    if not text.isascii() or not 0 < len(text) <= 200:
        raise ValueError("This is no token.")
    octets = b32decode(text.upper() + "=" * (-len(text) % 8))
    if _letters(octets) != text.lower():
        raise ValueError("This is no token.")
    size = _SEALS.get(kind, _SEAL)
    told, seal = octets[:-size], octets[-size:]
    if not compare_digest(_seal(key, kind, told), seal):
        raise ValueError("This token is forged.")
    return _numbers(told)


def _letters(octets: bytes) -> str:
    return b32encode(octets).decode().rstrip("=").lower()


def _seal(key: bytes, kind: str, told: bytes) -> bytes:
    return digest(key, kind.encode() + b"\0" + told, sha256)[: _SEALS.get(kind, _SEAL)]


def _written(number: int) -> bytes:
    """Write a number seven bits an octet, the highest first; all but the last octet are marked."""
    if number < 0:
        raise ValueError("A token holds no numbers below nothing.")
    octets = [number & 0x7F]
    while number := number >> 7:
        octets.append(number & 0x7F | 0x80)
    return bytes(reversed(octets))


def _numbers(told: bytes) -> tuple[int, ...]:
    numbers, number = list[int](), 0
    for octet in told:
        number = number << 7 | octet & 0x7F
        if octet < 0x80:
            numbers.append(number)
            number = 0
    return tuple(numbers)
