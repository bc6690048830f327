"""Keys of blocks: their permanent names, short enough for an address."""

from base64 import b32encode
from collections.abc import Container
from hashlib import blake2s

LENGTH = 6


def fresh(text: str, taken: Container[str], seed: str) -> str:
    """Return a key that nothing has had yet. The same input gives the same key."""
    for attempt in range(1000):
        digest = blake2s(f"{seed}:{attempt}:{text}".encode(), digest_size=10).digest()
        key = b32encode(digest).decode().lower()[:LENGTH]
        if key not in taken and not key.isdigit():
            return key
    raise ValueError("No key is left for this text.")
