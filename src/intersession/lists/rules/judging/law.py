"""
The law of posting: first what goes in a circle, then what is refused, then what a person must see.

Nothing here looks at the clock, the network or the database; every mail gets exactly one verdict.
"""

from intersession.lists.rules.judging.knowing import Authentic, Known, Policy
from intersession.lists.rules.judging.reasons import Note, Reason
from intersession.lists.rules.judging.signs import Signs
from intersession.lists.rules.judging.verdicts import (
    Accept,
    Confirm,
    Drop,
    Hold,
    Refuse,
    Verdict,
)

HOPS = 50
"""More Received fields than this are a circle (RFC 5321, 6.3)."""
CROWD = 100
"""A mail that names more recipients than this waits for a person."""

CODES = {
    Reason.TOO_BIG: (552, "5.3.4"),
    Reason.EXECUTABLE: (554, "5.6.1"),
    Reason.SUSPENDED: (550, "5.7.1"),
    Reason.NOT_AN_OFFICER: (550, "5.7.2"),
}
"""How a refusal is said in SMTP: RFC 5321, 4.2.3, and RFC 3463, 3."""


def judge(signs: Signs, authentic: Authentic, policy: Policy, known: Known) -> Verdict:
    """
    Give the verdict on a mail to a list, with every reason found.

    A sender counts as the one that From names when the From domain is authenticated in alignment
    with it, or when they confirmed by a one-time reply; else one that the house knows is asked
    to, unless the mail is suspicious by itself: nobody is written to for a forged one.
    """
    if circles := tuple(_circles(signs, policy)):
        return Drop(circles)
    is_true = authentic.is_authenticated and is_about(authentic, signs)
    is_proven = signs.is_clear and (is_true or known.has_consented_by_reply)
    if refusals := tuple(_refusals(signs, policy, known, is_proven=is_proven)):
        return Refuse(*CODES[refusals[0]], refusals)
    doubts = tuple(_doubts(signs, policy))
    if not is_proven and not doubts and known.is_anybody and may_be_answered(signs):
        return Confirm(Reason.UNPROVEN)
    unproven = () if is_proven else (Reason.UNPROVEN,)
    if reasons := (*doubts, *unproven, *_limits(signs, policy, known)):
        return Hold(reasons)
    return Accept(tuple(_notes(signs, authentic, known)))


def is_about(authentic: Authentic, signs: Signs) -> bool:
    """Test whether the domain that was authenticated is the one the author was read with."""
    domain = signs.author.rpartition("@")[2]
    try:
        known_to_dns = domain if domain.isascii() else domain.encode("idna").decode()
    except UnicodeError:
        return False
    return known_to_dns == authentic.domain != ""


def may_be_answered(signs: Signs) -> bool:
    """
    Test whether an automatic answer may go out at all (RFC 3834, 2).

    Never to robots, null senders, mail servers, lists, our own notices, what goes in a circle, or
    what looks like spam.
    """
    return (
        signs.is_clear
        and not signs.is_null_sender
        and not signs.is_submitted_automatically
        and not (signs.is_daemon or signs.is_auto_reply or signs.is_away or signs.is_report)
        and not (signs.list_ids or signs.list_posts or signs.wants_no_answer)
        and signs.precedence not in ("bulk", "junk", "list", "auto_reply", "auto-reply")
        and not signs.is_spam
        and signs.received <= HOPS
    )


def _circles(signs: Signs, policy: Policy) -> list[Reason]:
    found = {
        Reason.OWN_LIST: _is_own(signs, policy),
        Reason.HOPS: signs.received > HOPS,
        Reason.NULL_SENDER: signs.is_null_sender,
        Reason.SERVER: signs.is_daemon,
        Reason.REPORT: signs.is_report,
        Reason.AUTO_REPLY: signs.is_auto_reply,
    }
    return [reason for reason, is_so in found.items() if is_so]


def _is_own(signs: Signs, policy: Policy) -> bool:
    """Test whether a mail has been through this list: by its ids, its author, its return path."""
    addresses = policy.addresses
    name, _at, domain = policy.address.lower().partition("@")
    return (
        policy.list_id.lower() in signs.list_ids
        or not addresses.isdisjoint(signs.list_posts)
        or not addresses.isdisjoint(signs.authors)
        or (signs.envelope.startswith(f"{name}-bounces") and signs.envelope.endswith(f"@{domain}"))
    )


def _refusals(signs: Signs, policy: Policy, known: Known, *, is_proven: bool) -> list[Reason]:
    # Whether somebody is suspended is told to nobody but them, so that From must be proven first.
    found = {
        Reason.SUSPENDED: known.standing == "suspended" and is_proven,
        Reason.NOT_AN_OFFICER: policy.is_for_officers and not known.is_officer,
        Reason.TOO_BIG: 0 < policy.max_bytes < signs.size,
        Reason.EXECUTABLE: bool(signs.executables),
    }
    return [reason for reason, is_so in found.items() if is_so]


def _doubts(signs: Signs, policy: Policy) -> list[Reason]:
    """Find what is suspicious or unsuitable in the mail itself, whoever sent it."""
    is_unclear = len(signs.authors) == 1 and not signs.is_clear
    found = {
        Reason.SPAM: _is_spam(signs, policy),
        Reason.SEVERAL_AUTHORS: len(signs.authors) > 1,
        Reason.UNCLEAR_AUTHOR: is_unclear and "from" not in signs.doubled,
        Reason.NO_AUTHOR: not signs.authors,
        Reason.DOUBLED_FIELDS: bool(signs.doubled),
        Reason.NOT_NAMED: policy.addresses.isdisjoint(signs.named),
        Reason.CROWD: len(signs.named) > CROWD,
        Reason.AUTOMATIC: signs.is_submitted_automatically,
        Reason.AWAY: signs.is_away,
        Reason.BULK: signs.precedence in ("bulk", "junk"),
        Reason.OTHER_LIST: bool(signs.list_ids or signs.list_posts) or signs.precedence == "list",
        Reason.OVERFULL: signs.is_overfull,
        Reason.ENCRYPTED: signs.is_encrypted,
        Reason.DIGEST_REPLY: signs.is_reply_to_digest,
        Reason.COMMAND: bool(signs.asks),
    }
    return [reason for reason, is_so in found.items() if is_so]


def _is_spam(signs: Signs, policy: Policy) -> bool:
    score, threshold = signs.spam_score, policy.spam_threshold
    return signs.is_spam or (score is not None and threshold is not None and score >= threshold)


def _limits(signs: Signs, policy: Policy, known: Known) -> list[Reason]:
    """Find what the list's rules ask for this sender and this topic."""
    is_trusted = known.is_officer or known.standing == "trusted"
    belongs = known.is_subscriber or known.is_member or known.is_officer
    found = {
        Reason.STOPPED: policy.is_stopped,
        Reason.SUSPENDED: known.standing == "suspended",
        Reason.MODERATED: known.standing == "moderated",
        Reason.FIRST_POST: policy.moderates_first and not (known.posts_before or is_trusted),
        Reason.CLOSED_TOPIC: not policy.closed.isdisjoint(signs.nodes),
        Reason.NOT_A_MEMBER: policy.may_post == "members"
        and not (known.is_member or known.is_officer),
        Reason.NOT_A_SUBSCRIBER: policy.may_post == "subscribers" and not belongs,
    }
    return [reason for reason, is_so in found.items() if is_so]


def _notes(signs: Signs, authentic: Authentic, known: Known) -> list[Note]:
    found = {
        Note.CONFIRMED: known.has_consented_by_reply,
        Note.SIGNED: signs.is_signed,
        Note.MITIGATE: authentic.wants_mitigation,
    }
    return [note for note, is_so in found.items() if is_so]
