"""What those who look after a list set."""

from dataclasses import dataclass

SMALLEST, LARGEST = 40_000, 50_000_000
"""Bytes between which the largest size of a post lies."""

LONGEST_REASON = 300
"""Characters of the reason of a stop."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a list is for, and how it takes posts and sends them on; `largest` is in bytes."""

    title: str
    purpose: str
    posting: str
    holds_first: bool
    answers_to_list: bool
    prefix: str
    footer: str
    largest: int
    wraps: bool = False
    joins_subjects: bool = False
