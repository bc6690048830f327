"""
Which block of a new version is which block of the version before it.

Exact text first (the longest common run keeps its place, the rest has moved), then the likest
among few candidates, then what was split off and what was joined in. The same input gives the
same answer; every key of the old version is carried on at most once; the work grows with the
number of blocks, not with its square.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from intersession.kit.difference import tokens

LIKE = 40.0
"""Below this likeness (0 to 100, by words) two blocks are two blocks."""
SURE = 60.0
"""Below this likeness a match is doubtful: the editor confirms it or parts the two."""
WITHIN = 80.0
"""This share of a block's words, in order, stands in another: split off it, or joined into it."""
SHORT = 5
"""Up to so many words, a changed spelling or ending counts as likeness too."""
WINDOW = 4
RARE = 8

MARK = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")
WORD = re.compile(r"\w{3,}")


class Relation(StrEnum):
    """How a block came out of the version before."""

    NEW = "new"
    UNCHANGED = "unchanged"
    EDITED = "edited"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Old:
    """A block of the version before, by its key."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a new block: the key carried on (or none), and where else it comes from."""

    relation: Relation
    key: str = ""
    parents: tuple[str, ...] = ()
    is_edited: bool = False
    is_doubtful: bool = False
    likeness: float = 100.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """A match for each new block, in order, and the keys that are gone."""

    matches: tuple[Match, ...]
    removed: tuple[str, ...]


def plain(text: str) -> str:
    """Return the text without the mark of a list item and with single blanks."""
    return " ".join(MARK.sub("", text, count=1).split())


def match(
    old: Sequence[Old], new: Sequence[str], pinned: Mapping[int, str] | None = None
) -> Outcome:
    """
    Match the blocks of a new version to those before. Keys of `old` must differ.

    `pinned` are new blocks, by position, of which is known whose key they carry on.
    """
    matching = _Matching(old, new)
    matching.pin(pinned or {})
    return matching.outcome()


class _Matching:
    """One run: positions of old and new blocks, and which belong together so far."""

    def __init__(self, old: Sequence[Old], new: Sequence[str]) -> None:
        self.keys = [block.key for block in old]
        self.old = [plain(block.text) for block in old]
        self.new = [plain(text) for text in new]
        self.words: dict[str, list[str]] = {}
        self.origin: dict[int, int] = {}
        self.heir: dict[int, int] = {}
        self.score: dict[int, float] = {}
        self.rival: dict[int, float] = {}
        self.in_place: set[int] = set()
        self.parts: dict[int, list[int]] = defaultdict(list)
        self.sources: dict[int, list[int]] = defaultdict(list)

    def outcome(self) -> Outcome:
        """Go through the steps, surest first."""
        self.pair_exact_in_place()
        self.pair_exact_elsewhere()
        self.pair_likest()
        self.find_splits()
        self.find_mergers()
        gone = tuple(
            key
            for place, key in enumerate(self.keys)
            if place not in self.heir and not any(place in v for v in self.sources.values())
        )
        return Outcome(tuple(self.told(place) for place in range(len(self.new))), gone)

    def pair(self, new: int, old: int, score: float = 100.0) -> None:
        self.origin[new], self.heir[old], self.score[new] = old, new, score

    def pin(self, pinned: Mapping[int, str]) -> None:
        """Pair what is known beforehand."""
        for new, key in pinned.items():
            old = self.keys.index(key)
            self.pair(new, old, 100.0 if self.old[old] == self.new[new] else 99.0)

    def pair_exact_in_place(self) -> None:
        """Pair the longest common run of equal blocks."""
        for step in Indel.opcodes(self.old, self.new):
            if step.tag == "equal":
                for n in range(step.src_end - step.src_start):
                    new, old = step.dest_start + n, step.src_start + n
                    if new not in self.origin and old not in self.heir:
                        self.pair(new, old)
        self.in_place = set(self.origin)

    def pair_exact_elsewhere(self) -> None:
        """Pair equal blocks that stand elsewhere, the first with the first."""
        waiting: dict[str, list[int]] = defaultdict(list)
        for old in self.free_old():
            waiting[self.old[old]].append(old)
        for new in self.free_new():
            if places := waiting.get(self.new[new]):
                self.pair(new, places.pop(0))

    def pair_likest(self) -> None:
        """Pair the likest of the rest, among the neighbours and those that share rare words."""
        near = self.neighbours()
        kin = _Kin({old: self.old[old] for old in self.free_old()})
        ranked: list[tuple[float, int, int]] = []
        for new in self.free_new():
            found = dict.fromkeys([*near(new), *kin.of(self.new[new])])
            for old in found:
                score = self.likeness(self.old[old], self.new[new])
                if score >= LIKE:
                    ranked.append((score, new, old))
        for score, new, old in sorted(ranked, key=lambda r: (-r[0], abs(r[1] - r[2]), r[1], r[2])):
            if new not in self.origin and old not in self.heir:
                self.pair(new, old, score)
            elif new in self.origin and old not in self.heir:
                self.rival[new] = max(self.rival.get(new, 0.0), score)

    def neighbours(self) -> Callable[[int], Sequence[int]]:
        """Return, for a new block, the unpaired old blocks between the same paired neighbours."""
        free = set(self.free_old())
        after: list[int] = []
        last = -1
        for new in range(len(self.new)):
            if new in self.in_place:
                last = self.origin[new]
            after.append(last)
        offset: dict[int, int] = {}

        def near(new: int) -> Sequence[int]:
            start = after[new] + 1
            step = offset[start] = offset.get(start, -1) + 1
            around = range(max(start, start + step - WINDOW), start + step + WINDOW + 1)
            return [old for old in around if old in free]

        return near

    def find_splits(self) -> None:
        """Find unpaired new blocks whose words stand in an old block that went on nearby."""
        for new in list(self.free_new()):
            for old in self.origins_around(new):
                if self.holds(self.old[old], self.new[new]):
                    self.parts[new].append(old)
                    break

    def find_mergers(self) -> None:
        """Find unpaired old blocks whose words stand in a new block that goes on a near one."""
        for old in list(self.free_old()):
            for new in self.heirs_around(old):
                if self.holds(self.new[new], self.old[old]):
                    self.sources[new].append(old)
                    break

    def origins_around(self, new: int) -> Iterator[int]:
        for distance in range(1, WINDOW + 1):
            for place in (new - distance, new + distance):
                if place in self.origin and self.score[place] < 100:
                    yield self.origin[place]

    def heirs_around(self, old: int) -> Iterator[int]:
        for distance in range(1, WINDOW + 1):
            for place in (old - distance, old + distance):
                if place in self.heir and self.score[self.heir[place]] < 100:
                    yield self.heir[place]

    def likeness(self, old: str, new: str) -> float:
        """Say how like two blocks are; a part and its whole are likelier than their lengths say."""
        before, after = self.cut(old), self.cut(new)
        score = 100 * Indel.normalized_similarity(before, after)
        if max(len(before), len(after)) <= SHORT:
            spelled = fuzz.ratio(old, new)
            score = max(score, spelled if spelled >= 70 else 0.0)
        if score < SURE + 10 and (self.holds(old, new) or self.holds(new, old)):
            shares = sorted((len(before), len(after)))
            score = max(score, SURE + 10 * shares[0] / shares[1])
        return min(score, 99.0)

    def holds(self, whole: str, part: str) -> bool:
        """Test whether nearly all words of a part stand in the whole, in order."""
        few, many = self.cut(part), self.cut(whole)
        if len(few) < 3 or len(few) >= len(many):
            return False
        common = (len(few) + len(many) - Indel.distance(few, many)) // 2
        return 100 * common >= WITHIN * len(few)

    def cut(self, text: str) -> list[str]:
        """Return the words of a block, cut once."""
        if text not in self.words:
            self.words[text] = [word for word in tokens(text) if word[0].isalnum()]
        return self.words[text]

    def told(self, new: int) -> Match:
        """Say what became of one new block."""
        if new not in self.origin:
            parents = tuple(self.keys[old] for old in self.parts[new])
            return Match(Relation.SPLIT if parents else Relation.NEW, "", parents, bool(parents))
        old, score = self.origin[new], self.score[new]
        is_edited = score < 100 or self.old[old] != self.new[new]
        key, parents = self.keys[old], tuple(self.keys[o] for o in self.sources[new])
        is_torn = old in self.split_from
        rivalled = score < 90 and score - self.rival.get(new, 0.0) < 5
        doubtful = is_edited and not parents and not is_torn and (score < SURE or rivalled)
        if parents:
            relation = Relation.MERGED
        elif is_torn:
            relation = Relation.SPLIT
        elif self.has_moved(new):
            relation = Relation.MOVED
        else:
            relation = Relation.EDITED if is_edited else Relation.UNCHANGED
        return Match(relation, key, parents, is_edited, doubtful, score)

    @cached_property
    def split_from(self) -> set[int]:
        return {old for olds in self.parts.values() for old in olds}

    @cached_property
    def moved(self) -> set[int]:
        """The pairs outside the longest run that keeps its order: these have moved."""
        pairs = sorted(self.origin)
        olds = [self.origin[new] for new in pairs]
        kept = {
            pairs[n]
            for step in Indel.opcodes(sorted(olds), olds)
            if step.tag == "equal"
            for n in range(step.dest_start, step.dest_end)
        }
        return set(pairs) - kept

    def has_moved(self, new: int) -> bool:
        return new in self.moved

    def free_old(self) -> Iterator[int]:
        return (place for place in range(len(self.old)) if place not in self.heir)

    def free_new(self) -> Iterator[int]:
        return (place for place in range(len(self.new)) if place not in self.origin)


class _Kin:
    """Finds old blocks that share rare words with a text."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, text in texts.items():
            for word in sorted(set(WORD.findall(text.casefold()))):
                self.places[word].append(place)

    def of(self, text: str) -> list[int]:
        """Return up to eight places, by the rarest words of the text."""
        words = {w for w in WORD.findall(text.casefold()) if w in self.places}
        rarest = sorted(words, key=lambda w: (len(self.places[w]), w))[:RARE]
        found = [p for w in rarest if len(self.places[w]) <= RARE for p in self.places[w]]
        return list(dict.fromkeys(found))[:RARE]
