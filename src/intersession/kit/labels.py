"""How a fact of the record is named for people, and how its values read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a fact, and the words for those of its values that are words of the code."""

    words: Any
    values: Mapping[str, Any] = field(default_factory=dict)
