"""Why a mail did not go out at once, as codes that are kept; `phrases` says them in sentences."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a mail was dropped, refused, held, or must be confirmed."""

    OWN_LIST = "own-list"
    HOPS = "hops"
    NULL_SENDER = "null-sender"
    SERVER = "server"
    REPORT = "report"
    AUTO_REPLY = "auto-reply"

    TOO_BIG = "too-big"
    EXECUTABLE = "executable"
    SUSPENDED = "suspended"
    NOT_AN_OFFICER = "not-an-officer"

    SPAM = "spam"
    SEVERAL_AUTHORS = "several-authors"
    UNCLEAR_AUTHOR = "unclear-author"
    NO_AUTHOR = "no-author"
    DOUBLED_FIELDS = "doubled-fields"
    NOT_NAMED = "not-named"
    CROWD = "crowd"
    AUTOMATIC = "automatic"
    AWAY = "away"
    BULK = "bulk"
    OTHER_LIST = "other-list"
    NOT_OF_MIRROR = "not-of-mirror"
    OVERFULL = "overfull"
    ENCRYPTED = "encrypted"
    DIGEST_REPLY = "digest-reply"
    COMMAND = "command"

    UNPROVEN = "unproven"

    STOPPED = "stopped"
    MODERATED = "moderated"
    FIRST_POST = "first-post"
    CLOSED_TOPIC = "closed-topic"
    NOT_A_MEMBER = "not-a-member"
    NOT_A_SUBSCRIBER = "not-a-subscriber"


class Note(StrEnum):
    """What is worth keeping about a mail that was accepted."""

    CONFIRMED = "confirmed"
    """Its sender confirmed it by a one-time reply."""
    SIGNED = "signed"
    """It bears a signature of its author (PGP, S/MIME): nothing may be added to it."""
    MITIGATE = "mitigate"
    """The From domain asks receivers to refuse what is not authentic, or was silent."""
