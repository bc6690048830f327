"""Held posts whose time is over, and what is kept of those that were decided."""

from datetime import datetime
from itertools import batched

from django.db import transaction
from django.db.models import Q

from intersession.journal.actions import record
from intersession.kit.facts import publish
from intersession.lists.actions.locking import lock_questions
from intersession.lists.events import HeldPostDecided
from intersession.lists.letters import moderating as letters
from intersession.lists.models import Held, Question
from intersession.lists.rules.holding import CONFIRM_WITHIN, DECIDE_WITHIN, KEPT
from intersession.lists.states import HELD, HeldState

AT_ONCE = 500
"""Posts of one round; the next one takes the others."""


def expire_due(*, at: datetime) -> int:
    """
    End the wait of posts that nobody decided about in 14 days, or confirmed in 3; return how many.

    Only of the first is the author told: who did not confirm was asked, and may never have written.
    """
    over = Q(state=HeldState.HELD, at__lte=at - DECIDE_WITHIN)
    unconfirmed = Q(state=HeldState.WAITING, at__lte=at - CONFIRM_WITHIN)
    due = Held.objects.filter(over | unconfirmed).order_by("at").values_list("pk", flat=True)
    return sum(expire(pk, at=at) for pk in list(due[:AT_ONCE]))


@transaction.atomic
def expire(number: int, *, at: datetime) -> bool:
    """End the wait of one post, unless somebody decided about it meanwhile."""
    lock_questions(number)
    waiting = Held.objects.select_for_update(of=("self",)).filter(
        pk=number, state__in=[HeldState.HELD, HeldState.WAITING]
    )
    post = waiting.select_related("mailing_list__coalition").first()
    if post is None:
        return False
    was_held = post.state == HeldState.HELD
    post.state, post.decided_at = HELD.after("expire", HeldState(post.state)), at
    post.save(update_fields=["state", "decided_at"])
    Question.objects.filter(held=post, answered_at=None).update(answered_at=at)
    record(
        None, "lists.expire", post, at=at, scope=post.mailing_list.coalition.slug,
        title=str(post.mailing_list), url=post.mailing_list.get_absolute_url(), private=True,
    )  # fmt: skip
    if was_held:
        letters.tell_expired(post, at=at)
    publish(HeldPostDecided(post.pk, at))
    return True


def forget_decided(*, at: datetime) -> int:
    """Empty what went nowhere three months after the decision, and return how many posts."""
    decided = Held.objects.filter(decided_at__lte=at - KEPT).exclude(raw=b"")
    for some in batched(list(decided.values_list("pk", flat=True)), 100, strict=False):
        letters.forget(some)
    return decided.update(raw=b"", address="", envelope="", name="", subject="", results="")
