"""The order in which a talk is read: each message below the one it answers."""

from collections.abc import Hashable, Sequence


def by_answers[K: Hashable](talk: Sequence[tuple[K, K | None]]) -> list[tuple[K, int]]:
    """
    Order messages (key, key of the one above; in the order of time) as a tree is read.

    Gives each with its depth, from 0. One whose message above is not among them stands at the top.
    """
    here = {key for key, _ in talk}
    below: dict[K | None, list[K]] = {}
    for key, above in talk:
        below.setdefault(above if above in here else None, []).append(key)
    ordered: list[tuple[K, int]] = []
    waiting = [(key, 0) for key in reversed(below.get(None, []))]
    while waiting:
        key, depth = waiting.pop()
        ordered.append((key, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(key, []))]
    return ordered


def cut[K](sizes: Sequence[tuple[K, int]], room: int, around: int) -> list[list[K]]:
    """Cut messages with their sizes into parts; a part is full before it would grow over `room`."""
    parts: list[list[K]] = []
    left = 0
    for key, size in sizes:
        if not parts or left < size + around:
            parts.append([])
            left = room
        left -= size + around
        parts[-1].append(key)
    return parts
