"""The frozen text of a call: its numbered passages, its hash, the length of a statement."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from intersession.journal.rules import canonical

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:['’‑-][^\W_]+)*")


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
