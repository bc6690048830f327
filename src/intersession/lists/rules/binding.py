"""Whom a mail binds: who may act by mail where the act is one that cannot be taken back."""

from collections.abc import Set
from enum import StrEnum

from intersession.lists.rules.judging import Authentic, Signs
from intersession.lists.rules.judging.law import is_about


class Unbound(StrEnum):
    """Why a mail binds nobody to an act."""

    NOT_NAMED = "not_named"
    NOT_PROVEN = "not_proven"
    NOT_THEIRS = "not_theirs"


def unbound(
    signs: Signs, authentic: Authentic, own: Set[str], *, names_the_act: bool
) -> Unbound | None:
    """
    Say why a mail does not bind whose `own` verified addresses these are; None where it does.

    It takes three things at once (checklist 8): the token of this one act, a From whose domain is
    authenticated and aligned (DMARC, RFC 7489, 3.1), and that From is the person's own. A token may
    have been handed on with the letter that bore it; a proven mail may be about anything.
    """
    if not names_the_act:
        return Unbound.NOT_NAMED
    if not authentic.is_authenticated or not is_about(authentic, signs):
        return Unbound.NOT_PROVEN
    return None if signs.author.lower() in own else Unbound.NOT_THEIRS
