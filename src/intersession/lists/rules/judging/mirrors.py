"""The verdict on mail to a mirror: an archive here of a list that lives elsewhere."""

from intersession.lists.rules.judging.law import CODES
from intersession.lists.rules.judging.reasons import Reason
from intersession.lists.rules.judging.signs import Signs
from intersession.lists.rules.judging.verdicts import Accept, Drop, Hold, Refuse, Verdict

MOST_HOPS = 50


def is_of_mirror(signs: Signs, origin: str) -> bool:
    """
    Test whether a mail comes from the list that is mirrored: by its id, or the address to post to.

    `origin` is that list's address. Its id is made of the address, as list servers do (RFC 2919):
    `talk.lists.example.org` of `talk@lists.example.org`.
    """
    address = origin.lower()
    return address.replace("@", ".", 1) in signs.list_ids or address in signs.list_posts


def judge_mirrored(signs: Signs, origin: str, largest: int) -> Verdict:
    """
    Take what comes from the list that is mirrored; its own server judged who may post there.

    What else that server writes, as the question whether the robot wants to join, waits for a
    moderator; everything else is kept out, and nothing is ever answered.
    """
    if signs.received > MOST_HOPS:
        return Drop((Reason.HOPS,))
    if signs.size > largest:
        return Refuse(*CODES[Reason.TOO_BIG], (Reason.TOO_BIG,))
    if signs.is_report or signs.is_daemon or signs.is_auto_reply:
        return Drop((Reason.AUTO_REPLY,))
    if is_of_mirror(signs, origin):
        return Hold((Reason.SPAM,)) if signs.is_spam else Accept()
    domain = origin.lower().rpartition("@")[2]
    if signs.author.rpartition("@")[2] == domain or origin.lower() in signs.named:
        return Hold((Reason.NOT_OF_MIRROR,))
    return Drop((Reason.NOT_OF_MIRROR,))
