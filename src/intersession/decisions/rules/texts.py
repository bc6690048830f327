"""The frozen text of a call: its numbered passages, its hash, the length of a statement."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Literal

from intersession.journal.rules import canonical
from intersession.kit.difference import words

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:['’‑-][^\W_]+)*")
SIGN = re.compile(r"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+|>[ \t]?)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered paragraph of a frozen text; `key` is the identity it keeps over versions."""

    number: str
    key: str
    kind: str
    html: str
    source: str


def to_json(passages: Iterable[Passage]) -> list[dict[str, str]]:
    """Write passages as plain values for a column or a hash."""
    return [asdict(passage) for passage in passages]


def from_json(values: Iterable[Mapping[str, Any]]) -> tuple[Passage, ...]:
    """Read passages back from plain values."""
    return tuple(Passage(**value) for value in values)


def text_hash(text: str, passages: Iterable[Passage]) -> str:
    """Hash a text with its passages: SHA-256 of canonical JSON, hexadecimal."""
    return sha256(canonical({"text": text, "passages": to_json(passages)})).hexdigest()


def count_words(text: str) -> int:
    """Count words; a Chinese or Japanese character counts as one, for want of blanks."""
    return len(WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Change:
    """A passage beside its predecessor: the same, changed (`runs` of words), new or gone."""

    passage: Passage
    kind: Literal["same", "changed", "new", "gone"]
    runs: tuple[tuple[str, str], ...] = ()


def changes(new: Iterable[Passage], old: Iterable[Passage] | None) -> tuple[Change, ...]:
    """Compare two texts passage by passage, by their keys; without an old one all is the same."""
    now = list(new)
    if old is None:
        return tuple(Change(passage, "same") for passage in now)
    before = {passage.key: passage for passage in old}
    found = [_change(passage, before.get(passage.key)) for passage in now]
    kept = {passage.key for passage in now}
    place = 0
    for passage in before.values():
        if passage.key in kept:
            place = 1 + next(n for n, c in enumerate(found) if c.passage.key == passage.key)
        else:
            found.insert(place, Change(passage, "gone"))
            place += 1
    return tuple(found)


def _change(passage: Passage, before: Passage | None) -> Change:
    if before is None:
        return Change(passage, "new")
    if before.source == passage.source:
        return Change(passage, "same")
    return Change(passage, "changed", tuple(words(_bare(before), _bare(passage))))


def _bare(passage: Passage) -> str:
    """Return the source without the signs that only make it an item or a quotation."""
    return SIGN.sub("", passage.source) if passage.kind in ("item", "quote") else passage.source
