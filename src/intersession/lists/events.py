from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ListOpened:
    list_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PostArchived:
    message_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LetterAnswered:
    """A mail answers a letter of another app, which knows its own letters by `about`."""

    answer_id: int
    about: int
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldPostDecided:
    held_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PostingRightChanged:
    right_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageRedacted:
    message_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ThreadArranged:
    thread_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ArchiveImported:
    run_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Subscribed:
    subscription_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Unsubscribed:
    subscription_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RosterImported:
    list_id: int
    at: datetime
