"""A mail read and judged, before anything is locked."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from intersession.lists.formats.authentication.writing import results_value
from intersession.lists.formats.pressing import Pressed, press_read
from intersession.lists.letters.moderating import EXCERPT
from intersession.lists.models import MailingList
from intersession.lists.phrases import reasons_in_words
from intersession.lists.queries import knowledge
from intersession.lists.rules.identity import subject_node
from intersession.lists.rules.judging import (
    Authentic,
    Known,
    Refuse,
    Signs,
    Verdict,
    judge,
    judge_mirrored,
    signs,
)
from intersession.lists.rules.parsing import parsed
from intersession.lists.rules.subjects import base_subject


class NotTaken(Exception):
    """A mail that is refused while its sender is still on the line (RFC 5321, 4.2)."""

    def __init__(self, refusal: Refuse) -> None:
        super().__init__(f"{refusal.code} {refusal.enhanced}")
        self.refusal = refusal

    @property
    def words(self) -> str:
        """Why, in one line of ASCII, as replies are written."""
        told = " ".join(reasons_in_words(self.refusal.reasons))
        return told.replace("’", "'").encode("ascii", "replace").decode()


NOBODY = Authentic()
"""Nothing is proven of its author."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A mail that was read: what it says of itself, how it begins, as what it would be archived."""

    signs: Signs
    pressed: Pressed
    beginning: str


def opened(raw: bytes, envelope: str, *, at: datetime) -> Opened:
    """Read a mail, whatever list it is for: the longest part of the work, and no database in it."""
    mail = parsed(raw, latest=at)
    return Opened(signs(raw, envelope), press_read(raw, mail), mail.text[: EXCERPT + 1])


@dataclass(frozen=True, slots=True)
class Post:
    """A mail that was handed in for a list, opened already where somebody had the time."""

    mailing_list: MailingList
    raw: bytes
    envelope: str = ""
    authentic: Authentic = NOBODY
    opened: Opened | None = None

    @property
    def key(self) -> bytes:
        """What is the same when its sender tries again."""
        return key_of(self.mailing_list, self.raw, self.envelope)


@dataclass(frozen=True, slots=True)
class Judged:
    """A mail, what it says of itself, who its author is to us, and the verdict."""

    mailing_list: MailingList
    raw: bytes
    envelope: str
    pressed: Pressed
    signs: Signs
    authentic: Authentic
    known: Known
    verdict: Verdict
    beginning: str

    @property
    def results(self) -> str:
        """What we found out about its author, in words that seals bear too (RFC 8601)."""
        return results_value(self.authentic, settings.MAIL_ID)


def judged(post: Post, *, at: datetime, has_consented: bool = False) -> Judged:
    """Read and judge a mail. Raises NotTaken where it shall be refused in the dialogue."""
    mailing_list = post.mailing_list
    mail = post.opened or opened(post.raw, post.envelope, at=at)
    told = mail.signs
    if mailing_list.joins_subjects and not told.nodes:
        told = replace(told, nodes=_by_subject(mail.pressed))
    known = knowledge.known_of(mailing_list, told.author, at=at, has_consented=has_consented)
    policy = knowledge.policy_of(mailing_list, told.nodes)
    if mailing_list.mirrors:
        verdict = judge_mirrored(told, mailing_list.mirrors, mailing_list.largest)
    else:
        verdict = judge(told, post.authentic, policy, known)
    if isinstance(verdict, Refuse):
        raise NotTaken(verdict)
    return Judged(
        mailing_list,
        post.raw,
        post.envelope,
        mail.pressed,
        told,
        post.authentic,
        known,
        verdict,
        mail.beginning,
    )


def _by_subject(mail: Pressed) -> tuple[int, ...]:
    """Name what ties a post that answers nothing to others of its subject."""
    node = subject_node(base_subject(mail.subject))
    return (node,) if node else ()


def key_of(mailing_list: MailingList, raw: bytes, envelope: str) -> bytes:
    """Return what is the same when a sender tries again: list, envelope and bytes, digested."""
    told = sha256(raw).digest()
    return sha256(b"%d\0%s\0%s" % (mailing_list.pk, envelope.encode(), told)).digest()
