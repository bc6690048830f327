"""Answers to what was asked by letter: the token in hand is what gives the right."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Refused
from intersession.lists.actions.receiving import release
from intersession.lists.models import Question
from intersession.lists.states import Purpose


@transaction.atomic
def answer(question: Question, *, at: datetime) -> None:
    """
    Do what a letter asked to be confirmed, once.

    Raises Refused where it was answered already or its time is over.
    """
    asked = Question.objects.select_for_update().filter(
        pk=question.pk, answered_at=None, ends_at__gt=at
    )
    if not asked.update(answered_at=at):
        raise Refused(_("This was answered already, or its time is over."))
    ANSWERS[Purpose(question.purpose)](question, at=at)


def _post(question: Question, *, at: datetime) -> None:
    """Let a post out whose author has confirmed it."""
    held = question.held
    if held is None:
        raise Refused(_("The post is not there any more."))
    message = release(held, at=at)
    record(
        None, "lists.confirm_post", message, at=at, scope=held.mailing_list.coalition.slug,
        title=str(held.mailing_list), url=message.get_absolute_url(),
    )  # fmt: skip


ANSWERS: Mapping[Purpose, Callable[..., None]] = {Purpose.POST: _post}
"""What follows from an answer."""
