"""
Bounces: what kind a refusal is, and when mail to an address stops (RFC 3463, 3464).

A refusal for what a post says never counts against its reader. Mail stops only after a probe that
came back or a complaint; membership never ends by a bounce.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

POINTS_OF_ADDRESS = 2
"""An address that does not exist will not exist tomorrow: it counts double."""
POINTS_OF_FULL = 1
"""A full mailbox is often emptied within days, so it takes twice as many days as a bad address."""
POINTS_OF_UNKNOWN = 1
"""Refused for good without a reason we can read: counted, but slowly."""
WARN_AT = 4
"""Two days with a bad address: no accident of one evening, and early enough to be set right."""
PROBE_AT = 8
"""Four days with a bad address, eight with a full mailbox. More than a day's points above WARN_AT,
so that no day brings both a warning and a probe."""
STALE = timedelta(days=30)
"""A list with a post a fortnight still counts up; a mailbox that failed last season begins anew."""
PROBE_RETURNS = timedelta(days=7)
"""Mail servers give up after five days (RFC 5321, 4.5.4.1); two more for their report."""
SHARE_OF_POST = (1, 20)
"""More than 5 % refuse: no usual rate of dead addresses, so something is wrong with the post."""
REFUSALS_OF_POST = 5
"""Fewer are people, not a pattern: one bad address of ten is no problem of the post."""


class Kind(StrEnum):
    """What a report says about one recipient."""

    ADDRESS = "address"
    FULL = "full"
    CONTENT = "content"
    TRANSIENT = "transient"
    COMPLAINT = "complaint"
    AUTO_REPLY = "auto_reply"
    OURS = "ours"
    ARRIVED = "arrived"
    UNKNOWN = "unknown"


class Step(StrEnum):
    """What is to be done about an address."""

    NOTHING = "nothing"
    WARN = "warn"
    PROBE = "probe"
    STOP = "stop"


POINTS = {
    Kind.ADDRESS: POINTS_OF_ADDRESS,
    Kind.FULL: POINTS_OF_FULL,
    Kind.UNKNOWN: POINTS_OF_UNKNOWN,
}
"""The points of one day; kinds that are not here never count."""

_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([245]\d\d)(?![\d.])")
_CONTENT = re.compile(
    r"\bspam|unsolicited|black-?list|block-?list|block list|\bblocked\b|\bdnsbl|\brbl\b|barracuda"
    r"|reputation|\bvirus|malware|phish|\bdmarc\b|\bdkim\b|\bspf\b|banned|content (?:was |is )?reje"
    r"|message (?:was |has been )?(?:rejected|refused)|policy (?:reason|violation|reject)"
    r"|(?:local|by|against|our) policy|bulk mail|too (?:large|big)|size (?:limit )?exceed"
    r"|(?<!rejected: )access denied|your (?:ip|mail ?server|server|host|domain)\b"
    r"|not authori[sz]ed|rate limit|attachment|relaying|relay (?:access )?denied|unable to relay",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"quota|(?:mailbox|inbox) (?:is |was )?full|full (?:mailbox|inbox)|insufficient (?:disk|storage"
    r"|system storage)|exceeded (?:the )?storage|storage allocation",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:user|recipient|mailbox|account|address|addressee)(?: name)? (?:is |was )?(?:unknown"
    r"|not found|disabled|inactive|invalid|unavailable|suspended|rejected)"
    r"|(?:unknown|invalid|no such|bad) (?:local )?(?:user|recipient|mailbox|address|account|person)"
    r"|does(?:n't| not) exist|no mailbox|recipient address rejected|unrout(?:e)?able"
    r"|(?:host|domain)(?: or domain name)? not found|no longer (?:available|valid|in use|active)"
    r"|has been disabled|not a valid|nullmx|null mx",
    re.IGNORECASE,
)
_HOST = re.compile(r"\b(?:[\w-]{1,63}\.){1,9}[a-zA-Z]{2,24}\b")
_NO_TROUBLE = ("delivered", "relayed", "expanded")
_OF_CONTENT = {(1, 7), (1, 8), (2, 3), (3, 4)}
"""About the sender's address, the length or the size of a message, not about the recipient."""


def kind_of(status: str, diagnostic: str, action: str) -> Kind:
    """
    Class a refusal by its enhanced status code (RFC 3463), else by its reply code and words.

    `action` is a report's word (RFC 3464, 2.3.3). Any text may come in.
    """
    doing = action.strip().lower()
    if doing.startswith(_NO_TROUBLE):
        return Kind.ARRIVED
    diagnostic = diagnostic[:2_000]
    code = _code(status[:100], diagnostic)
    if doing.startswith("delayed"):
        return Kind.TRANSIENT
    if code is None:
        return _by_reply(diagnostic)
    if code[0] == 2:
        return Kind.ARRIVED
    return _given_up(code, doing) if code[0] == 4 else _permanent(code, diagnostic)


def _code(status: str, diagnostic: str) -> tuple[int, int, int] | None:
    """Read the status; where it says nothing but its class, the one in the diagnostic."""
    for text in (status, diagnostic):
        for found in _ENHANCED.finditer(text):
            code = (int(found[1]), int(found[2]), int(found[3]))
            if code[1:] != (0, 0):
                return code
    found_class = _ENHANCED.search(status)
    return (int(found_class[1]), 0, 0) if found_class else None


def _given_up(code: tuple[int, int, int], doing: str) -> Kind:
    # A server that retried for days and gave up says `failed` with the last temporary code.
    if doing.startswith("fail"):
        if code[1:] == (2, 2):
            return Kind.FULL
        if code[1] == 4:
            return Kind.UNKNOWN
    return Kind.TRANSIENT


def _permanent(code: tuple[int, int, int], diagnostic: str) -> Kind:
    subject, detail = code[1:]
    if (subject, detail) in _OF_CONTENT or subject in (6, 7):
        return Kind.CONTENT
    if (subject, detail) == (2, 2):
        return Kind.FULL
    if (subject == 1 and detail) or (subject, detail) == (2, 1):
        return Kind.ADDRESS
    return _by_words(diagnostic)


def _by_reply(diagnostic: str) -> Kind:
    found = _REPLY.search(diagnostic)
    reply = int(found[1]) if found else 0
    if 400 <= reply < 500:
        return Kind.TRANSIENT
    kind = _by_words(diagnostic)
    if kind is Kind.UNKNOWN and reply in (551, 552):
        return Kind.ADDRESS if reply == 551 else Kind.FULL
    return kind


def _by_words(diagnostic: str) -> Kind:
    # The name of a server is no reason: spamfilter.example.org may say that a user is unknown.
    words = _HOST.sub(" ", diagnostic)
    # Content first: what might be a refusal of the post must not count against its reader.
    for pattern, kind in ((_CONTENT, Kind.CONTENT), (_FULL, Kind.FULL), (_ADDRESS, Kind.ADDRESS)):
        if pattern.search(words):
            return kind
    return Kind.UNKNOWN


def kind_at_submission(reply: int) -> Kind:
    """
    Class the reply code of our own mail server when it takes a copy: it never counts.

    552 at RCPT means too many recipients and is temporary (RFC 5321, 4.5.3.1.10).
    """
    if reply < 400:
        return Kind.ARRIVED
    return Kind.TRANSIENT if reply < 500 or reply == 552 else Kind.OURS


@dataclass(frozen=True, slots=True)
class Health:
    """
    How an address takes its mail: points, when the last ones came, and what was done about it.

    `points_that_day` are those of `last_scored_on`, of which a day brings only its worst.
    """

    score: int = 0
    last_scored_on: date | None = None
    warned_at: datetime | None = None
    probe_sent_at: datetime | None = None
    stopped_at: datetime | None = None
    points_that_day: int = 0


HEALTHY = Health()
"""Nothing known against it; also what a reactivation by the person brings back."""


def is_refusal(kind: Kind) -> bool:
    """Test whether a copy was refused for good, by its reader or by their server."""
    return kind in POINTS or kind in (Kind.CONTENT, Kind.COMPLAINT)


def after(
    health: Health, kind: Kind, at: datetime, *, to_probe: bool = False
) -> tuple[Health, Step]:
    """
    Return the health after a report, and the step to take; `to_probe`: the probe came back.

    A complaint stops mail at once. Else mail stops only when a probe is refused.
    """
    if health.stopped_at is not None:
        return health, Step.NOTHING
    if kind is Kind.COMPLAINT:
        return Health(stopped_at=at), Step.STOP
    if to_probe and health.probe_sent_at is not None:
        return _after_probe(health, kind, at)
    if kind not in POINTS:
        return health, Step.NOTHING
    return _scored(health, POINTS[kind], at)


def _after_probe(health: Health, kind: Kind, at: datetime) -> tuple[Health, Step]:
    if kind in POINTS:
        return Health(stopped_at=at), Step.STOP
    if kind in (Kind.AUTO_REPLY, Kind.ARRIVED):
        return HEALTHY, Step.NOTHING
    return health, Step.NOTHING


def _scored(health: Health, points: int, at: datetime) -> tuple[Health, Step]:
    day = at.astimezone(UTC).date()
    health = current(health, at)
    last = health.last_scored_on
    # A clock that jumped back gives no second day.
    before = health.points_that_day if last is not None and day <= last else 0
    worst = max(before, points)
    scored = replace(
        health,
        score=health.score - before + worst,
        last_scored_on=day if last is None else max(day, last),
        points_that_day=worst,
    )
    if scored.probe_sent_at is not None:
        return scored, Step.NOTHING
    if scored.score >= PROBE_AT:
        return replace(scored, probe_sent_at=at), Step.PROBE
    if scored.score >= WARN_AT and scored.warned_at is None:
        return replace(scored, warned_at=at), Step.WARN
    return scored, Step.NOTHING


def current(health: Health, at: datetime) -> Health:
    """Return the health as it is now: stale points are gone, a probe that stayed out arrived."""
    if health.stopped_at is not None:
        return health
    if health.probe_sent_at is not None:
        return HEALTHY if at - health.probe_sent_at >= PROBE_RETURNS else health
    last = health.last_scored_on
    is_stale = last is not None and at.astimezone(UTC).date() - last > STALE
    return HEALTHY if is_stale else health


def forgiven(health: Health, on: date) -> Health:
    """Take back the points of a day on which the post was the problem, not its readers."""
    if health.last_scored_on != on or health.stopped_at is not None:
        return health
    score = health.score - health.points_that_day
    warned = health.warned_at if score >= WARN_AT else None
    return replace(health, score=score, points_that_day=0, warned_at=warned, probe_sent_at=None)


def is_problem_of_post(refused: int, recipients: int) -> bool:
    """Test whether so many refuse a post that it is paused and its owner told (circuit breaker)."""
    part, whole = SHARE_OF_POST
    return refused >= REFUSALS_OF_POST and refused * whole > recipients * part
