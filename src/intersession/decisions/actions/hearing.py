"""
A call on its list: announced there, and heard there.

The clock does both, apart from the acts of people: whoever holds a call waits for no list, and the
way of a post into the archive asks nothing of calls.
"""

from datetime import datetime

from django.db import transaction

from intersession.decisions import letters
from intersession.decisions.actions.answers import hear_post
from intersession.decisions.models import Round
from intersession.decisions.queries import mailed
from intersession.lists.actions import announce
from intersession.lists.queries.answers import list_for_answers, posts_after

AT_ONCE = 200
"""Posts of a thread that are looked at in one go; the next go takes the rest."""


def attend_lists(*, at: datetime) -> int:
    """Announce on lists what came under call, and propose the positions that answers there take."""
    for pk in mailed.unannounced(at=at):
        _announce(pk, at=at)
    return sum(_hear(pk, at=at) for pk in mailed.announced(at=at))


@transaction.atomic
def _announce(pk: int, *, at: datetime) -> None:
    """Tell the list of the coalition that a text is under call, once, where it takes posts."""
    text = _locked(pk)
    beside = list_for_answers(text.call.coalition)
    if beside is None or text.announcement_id is not None:
        return
    subject, words = letters.announcement_of(text.call)
    text.announcement = announce(beside, subject=subject, text=words, at=at)
    text.save(update_fields=["announcement"])


@transaction.atomic
def _hear(pk: int, *, at: datetime) -> int:
    """Look at the posts that came into the thread of an announcement since the last time."""
    text = _locked(pk)
    posts = posts_after(text.announcement, text.heard_to, AT_ONCE) if text.announcement else ()
    if not posts:
        return 0
    text.heard_to = posts[-1].number
    text.save(update_fields=["heard_to"])
    return sum(hear_post(text, post, at=at) for post in posts)


def _locked(pk: int) -> Round:
    """Take a text as it is now; positions on it may be filed meanwhile."""
    texts = Round.objects.select_for_update(of=("self",), no_key=True)
    return texts.select_related("call__coalition", "call__caller", "announcement").get(pk=pk)
