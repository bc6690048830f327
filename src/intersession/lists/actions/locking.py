"""
Held posts, locked in the order in which an answer goes: the question, the post, then its list.

Whoever takes them the other way round may wait for who waits for them (PostgreSQL ends one of two).
"""

from collections.abc import Sequence

from intersession.lists.models import Held, Question
from intersession.lists.states import Purpose


def lock(*posts: int) -> Sequence[Held]:
    """Lock what their authors were asked, and posts, in one order; return them as they are now."""
    lock_questions(*posts)
    found = Held.objects.filter(pk__in=posts).select_for_update(of=("self",))
    return list(found.order_by("pk").select_related("mailing_list__coalition"))


def lock_questions(*posts: int) -> None:
    """
    Lock what the authors of posts were asked and have not answered.

    What moderators were asked is changed after the post: no answer to that takes it first.
    """
    asked = Question.objects.filter(held__in=posts, purpose=Purpose.POST, answered_at=None)
    list(asked.order_by("pk").select_for_update().values_list("pk"))
