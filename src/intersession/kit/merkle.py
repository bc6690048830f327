"""
Merkle trees over digests, shaped and separated as in RFC 9162, section 2.1 (SHA-256).

A root stands for a list of items. An item may be erased later: its digest stays, and the root and
the proofs of all others still hold. Digests, roots and proofs are hexadecimal.
"""

from collections.abc import Sequence
from hashlib import sha256

_LEAF, _NODE = b"\x00", b"\x01"


def root(digests: Sequence[str]) -> str:
    """Return the root over digests in their order; that of nothing is the hash of nothing."""
    return _top([_leaf(digest) for digest in digests]).hex()


def proof(digests: Sequence[str], index: int) -> list[str]:
    """
    Return the hashes that lead from the digest at `index` to the root, lowest first.

    Raises IndexError where there is no such digest. RFC 9162, 2.1.3.1.
    """
    if not 0 <= index < len(digests):
        raise IndexError(index)
    path: list[bytes] = []
    nodes = [_leaf(digest) for digest in digests]
    while len(nodes) > 1:
        cut = _cut(len(nodes))
        near, far = (nodes[:cut], nodes[cut:]) if index < cut else (nodes[cut:], nodes[:cut])
        index = index if index < cut else index - cut
        path.append(_top(far))
        nodes = near
    return [node.hex() for node in reversed(path)]


def proves(root: str, digest: str, index: int, size: int, proof: Sequence[str]) -> bool:
    """Test whether the proof leads from the digest, `index` of `size`, to the root. 2.1.3.2."""
    if not 0 <= index < size:
        return False
    here, last, node = index, size - 1, _leaf(digest)
    for step in proof:
        if last == 0:
            return False
        if here % 2 or here == last:
            node = _join(bytes.fromhex(step), node)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            node = _join(node, bytes.fromhex(step))
        here, last = here // 2, last // 2
    return last == 0 and node.hex() == root


def _leaf(digest: str) -> bytes:
    return sha256(_LEAF + bytes.fromhex(digest)).digest()


def _join(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()


def _cut(size: int) -> int:
    """Return the largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1


def _top(nodes: Sequence[bytes]) -> bytes:
    if not nodes:
        return sha256(b"").digest()
    if len(nodes) == 1:
        return nodes[0]
    cut = _cut(len(nodes))
    return _join(_top(nodes[:cut]), _top(nodes[cut:]))
