"""What becomes of a mail. Each verdict bears every reason found, the gravest first."""

from dataclasses import dataclass

from intersession.lists.rules.judging.reasons import Note, Reason


@dataclass(frozen=True, slots=True)
class Accept:
    """Archive and relay it."""

    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Hold:
    """Keep it for a moderator."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Confirm:
    """Ask its sender for a one-time reply: From is somebody we know, and not authenticated."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Refuse:
    """Refuse it in the SMTP dialogue: a reply code, and an enhanced one (RFC 3463, RFC 5248)."""

    code: int
    enhanced: str
    reasons: tuple[Reason, ...]

    @property
    def reason(self) -> Reason:
        """The one that the codes are about."""
        return self.reasons[0]


@dataclass(frozen=True, slots=True)
class Drop:
    """Keep it on record and out of the list, and never answer it."""

    reasons: tuple[Reason, ...]

    @property
    def reason(self) -> Reason:
        """The gravest."""
        return self.reasons[0]


type Verdict = Accept | Hold | Confirm | Refuse | Drop
