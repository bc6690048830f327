"""How subscribers want the mail of a list, and what rosters of other list servers say of it."""

from dataclasses import dataclass
from datetime import datetime

from intersession.lists.states import Delivery, RosterTrouble, Style


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a subscriber wants the mail of a list."""

    delivery: Delivery = Delivery.EACH
    style: Style = Style.MIME
    zone: str = "UTC"
    language: str = "en"
    skips_addressed: bool = True
    gets_own: bool = True


AS_USUAL = Wishes()
"""Each message as it comes: what somebody gets who says nothing."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """
    A subscriber of a roster: its line (or its number), its address, and how mail goes there.

    `is_stopped` where mail came back so often that the old server stopped it; `is_moderated` where
    its posts were held there. `trouble` says why it can be no subscriber here.
    """

    line: int
    address: str
    wishes: Wishes = AS_USUAL
    is_moderated: bool = False
    is_stopped: bool = False
    trouble: RosterTrouble | None = None


DIGESTS = (Delivery.DAILY, Delivery.WEEKLY)


@dataclass(frozen=True, slots=True)
class Marks:
    """
    Up to when no digest owes a subscriber anything, and when digests and single mails changed over.

    Who gets each message and still has the first mark is owed a last digest, up to the second.
    """

    digested_until: datetime | None = None
    switched_at: datetime | None = None


def marks_after(marks: Marks, old: Delivery, new: Delivery, at: datetime) -> Marks:
    """Return the marks after a change, so that no post is missed and none comes twice."""
    if new in DIGESTS:
        if old in DIGESTS or marks.digested_until is not None:
            return marks
        return Marks(at, at if old is Delivery.EACH else None)
    if new is Delivery.EACH:
        return Marks(marks.digested_until if old in DIGESTS else None, at)
    return Marks()


_NO_MAIL = (
    "no email", "no mail", "nomail", "no-mail", "none", "special", "by user", "by_user", "byuser",
    "by moderator", "by_moderator", "byadmin", "disabled", "web only",
)  # fmt: skip
_DIGEST = ("digest", "abridged", "summary", "daily", "weekly")
_HELD = ("moderated", "moderate", "hold", "held", "not allowed", "reject", "discard", "new member")
_FREE = ("not moderated", "unmoderated", "not_moderated", "defer", "accept", "override moderation")
_OUTSIDE = ("invit", "pending", "banned", "nonmember", "non-member", "not confirmed", "removed")
_YES = frozenset({"yes", "true", "1", "x", "on", "y"})


def delivery_of(*words: str) -> tuple[Delivery, Style]:
    """Read how mail is delivered from what a roster says of it, in the words of its server."""
    told = " ".join(words).lower()
    style = Style.PLAIN if "plain" in told else Style.MIME
    if any(sign in told for sign in _NO_MAIL):
        return Delivery.NONE, style
    if any(sign in told for sign in _DIGEST):
        return Delivery.WEEKLY if "weekly" in told else Delivery.DAILY, style
    return Delivery.EACH, Style.MIME


def is_bouncing(*words: str) -> bool:
    """Test whether a roster says that mail to this address comes back."""
    return "bounc" in " ".join(words).lower()


def is_held(words: str) -> bool:
    """Test whether a roster says that posts from this address are held."""
    told = words.strip().lower()
    if any(sign in told for sign in _FREE):
        return False
    return told in _YES or any(sign in told for sign in _HELD)


def is_outside(words: str) -> bool:
    """Test whether a roster says that this is no subscriber (yet, or any longer)."""
    told = words.lower()
    return any(sign in told for sign in _OUTSIDE)
