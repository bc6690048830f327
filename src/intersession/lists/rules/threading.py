"""
Who answers whom, after Zawinski: containers, ghosts, and no circles.

The forest is a function of the messages alone: it does not depend on the order they came in. Every
message claims its references, the nearest first. A ghost (a message others name and nobody has)
takes the claim of the earliest message that names something before it. Where claims go in a circle,
the earliest in the circle gives up its nearest claim for the one before, until none is left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

type Node = int | str


@dataclass(frozen=True, slots=True)
class Stub[N: Node]:
    """A message to be placed: its key, when it was written, and the keys it names, oldest first."""

    key: N
    at: float
    references: tuple[N, ...]


@dataclass(slots=True)
class _Claim[N: Node]:
    order: tuple[float, str]
    nearest_first: tuple[N, ...]
    given_up: int = 0

    def parent(self) -> N | None:
        if self.given_up < len(self.nearest_first):
            return self.nearest_first[self.given_up]
        return None


def forest[N: Node](stubs: Iterable[Stub[N]]) -> dict[N, N | None]:
    """Give every message and every ghost its parent, None for a root. Never goes in a circle."""
    claims: dict[N, _Claim[N]] = {}
    messages = {stub.key: stub for stub in stubs}
    for stub in messages.values():
        order = (stub.at, str(stub.key))
        named = tuple(key for key in dict.fromkeys(stub.references) if key != stub.key)
        claims[stub.key] = _Claim(order, named[::-1])
        for place, key in enumerate(named):
            if key not in messages:
                _haunt(claims, key, _Claim(order, named[:place][::-1]))
    _break_circles(claims)
    return {key: claim.parent() for key, claim in claims.items()}


def _haunt[N: Node](claims: dict[N, _Claim[N]], key: N, claim: _Claim[N]) -> None:
    """Let a ghost take the earliest claim that says something about it."""
    known = claims.get(key)
    if known is None or _weight(claim) < _weight(known):
        claims[key] = claim


def _weight[N: Node](claim: _Claim[N]) -> tuple[bool, tuple[float, str]]:
    return (not claim.nearest_first, claim.order)


def _break_circles[N: Node](claims: dict[N, _Claim[N]]) -> None:
    """
    Walk up from every node; where the walk meets itself, the earliest of the circle gives way.

    Circles of a graph with one edge out of each node share no node, and a circle lasts until its
    own earliest gives way: so the order of walking does not matter.
    """
    safe: set[N] = set()
    for start in claims:
        while circle := _circle_above(claims, start, safe):
            earliest = min(circle, key=lambda key: (claims[key].order, str(key)))
            claims[earliest].given_up += 1


def _circle_above[N: Node](claims: Mapping[N, _Claim[N]], start: N, safe: set[N]) -> list[N]:
    path: dict[N, int] = {}
    here: N | None = start
    while here is not None and here not in safe:
        if here in path:
            return list(path)[path[here] :]
        path[here] = len(path)
        here = claims[here].parent()
    safe.update(path)
    return []


def parents_here[N: Node](stubs: Iterable[Stub[N]]) -> dict[N, N | None]:
    """Give every message the nearest of its ancestors that is a message, None where none is."""
    messages = {stub.key: stub for stub in stubs}
    tree = forest(messages.values())
    found: dict[N, N | None] = {}
    for key in messages:
        above = tree[key]
        while above is not None and above not in messages:
            above = tree[above]
        found[key] = above
    return found


def components[N: Node](stubs: Iterable[Stub[N]]) -> list[set[N]]:
    """Group messages into threads: those that name each other or name the same one."""
    leader: dict[N, N] = {}

    def find(key: N) -> N:
        leader.setdefault(key, key)
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    keys = []
    for stub in stubs:
        keys.append(stub.key)
        for other in stub.references:
            leader[find(other)] = find(stub.key)
    groups: dict[N, set[N]] = {}
    for key in keys:
        groups.setdefault(find(key), set()).add(key)
    return list(groups.values())
