"""Posts that come in at the same time: each is judged alone, and all are committed together."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import DatabaseError, IntegrityError

from intersession.lists.actions.receiving.judging import NOBODY, Judged, NotTaken, Post, judged
from intersession.lists.actions.receiving.outcomes import (
    arrived,
    came_before,
    decide,
    keep_unread,
)
from intersession.lists.models import Arrival, MailingList
from intersession.lists.rules.judging import Authentic

log = logging.getLogger(__name__)

type Told = Arrival | Exception


def receive(
    mailing_list: MailingList,
    raw: bytes,
    *,
    at: datetime,
    envelope: str = "",
    authentic: Authentic = NOBODY,
) -> Arrival:
    """
    Take a post to a list: archive and relay it, hold it, ask its sender, or keep it out.

    All that follows is committed together, or nothing is. A mail that comes again, because its
    sender heard no answer, finds what became of it and changes nothing. Raises NotTaken where it
    shall be refused in the dialogue.
    """
    (told,) = receive_all([Post(mailing_list, raw, envelope, authentic)], at=at)
    if isinstance(told, Exception):
        raise told
    return told


def receive_all(posts: Sequence[Post], *, at: datetime) -> list[Told]:
    """
    Take posts as `receive` takes one, in one transaction; return what became of each, in order.

    Of a post that is not taken it is the exception. Where one brings trouble, nothing of the others
    is lost: each is taken in a transaction of its own then.
    """
    keys = [post.key for post in posts]
    try:
        old = came_before(keys) if keys else set()
    except DatabaseError as problem:
        return [problem for _ in posts]
    told: dict[bytes, Told] = {}
    mails: dict[bytes, Judged] = {}
    for key, post in zip(keys, posts, strict=True):
        if key not in told and key not in mails:  # the same one on two connections
            known = _known_or_judged(key, post, at=at, is_old=key in old)
            if isinstance(known, Judged):
                mails[key] = known
            else:
                told[key] = known
    told |= _decided(mails, at=at)
    return [told[key] for key in keys]


def _known_or_judged(key: bytes, post: Post, *, at: datetime, is_old: bool) -> Told | Judged:
    try:
        return (arrived(key) if is_old else None) or judged(post, at=at)
    except (DatabaseError, NotTaken) as problem:
        return problem
    except Exception:  # whatever reading it stumbles over: mail is kept, not lost by our mistake
        log.exception("A mail to %s cannot be read; it is kept.", post.mailing_list.address)
    try:
        return keep_unread(post.mailing_list, post.raw, post.envelope, at=at)
    except Exception as problem:  # told to its own sender; those who came with it go on
        return problem


def _decided(mails: Mapping[bytes, Judged], *, at: datetime) -> Mapping[bytes, Told]:
    """Commit all together, else each alone, so that the trouble of one is its own."""
    if len(mails) > 1:
        try:
            return decide(mails, at=at)
        except Exception as problem:  # it names no mail: which of them it was shows in each alone
            log.warning("Posts could not be taken together (%s); each is by itself.", problem)
    return {key: _alone(key, mail, at=at) for key, mail in mails.items()}


def _alone(key: bytes, mail: Judged, *, at: datetime) -> Told:
    try:
        return decide({key: mail}, at=at)[key]
    except IntegrityError as problem:
        return _taken_meanwhile(key) or problem
    except Exception as problem:  # told to its own sender; those who came with it go on
        return problem


def _taken_meanwhile(key: bytes) -> Arrival | None:
    """Find what became of the very same mail where another process took it meanwhile."""
    try:
        return arrived(key)
    except DatabaseError:
        return None
