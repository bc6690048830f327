"""Answers to a digest, which belong to no thread: they are held, and their writer gets help."""

import re
from collections.abc import Sequence

_ID = re.compile(r"digest-\d{1,9}\.[a-z0-9]{16,64}@[\w.-]{1,255}")


def message_id(issue: int, secret: str, host: str) -> str:
    """
    Name a digest, with brackets, so that an answer to it is known.

    `secret` is 16 small letters and digits or more that nobody can guess, new for each digest.
    Raises ValueError for one that would not be known again.
    """
    name = f"digest-{issue}.{secret}@{host}"
    if not _ID.fullmatch(name):
        raise ValueError("This is no name for a digest.")
    return f"<{name}>"


def answers_digest(references: Sequence[str], subject: str, name: str) -> bool:
    """
    Test whether a message answers a digest: by what it refers to last, else by its subject.

    `references` are ids without brackets, oldest first; `name` is the list's short name. The
    subject only tells where the references are lost, and only for subjects as RFC 1153 has them.
    """
    if references:
        return _ID.fullmatch(references[-1]) is not None
    pattern = rf".{{0,40}}\b{re.escape(name)} digest,? v(?:ol)?\.? ?\d+"
    return re.match(pattern, subject[:300], re.IGNORECASE) is not None
