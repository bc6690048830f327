"""Letters about held posts: to those who decide, and to authors of what was decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.kit import words
from intersession.lists.letters.posting import may_answer, send
from intersession.lists.models import Held, Question
from intersession.lists.phrases import reasons_in_words
from intersession.lists.queries import knowledge, tokens
from intersession.lists.rules.addresses import beside
from intersession.lists.rules.bodies import Attached
from intersession.lists.rules.holding import DECIDE_WITHIN, LETTERS
from intersession.lists.states import Purpose
from intersession.outbox.actions import forget_letters
from intersession.people.models import Person
from intersession.people.queries import person_at

EXCERPT = 3_000
"""Signs of a post that stand in the letter about it."""


def tell_moderators(
    held: Held, beginning: str, attached: Sequence[Attached], *, at: datetime
) -> None:
    """
    Tell those who decide that a post waits; an answer by mail decides about it.

    `beginning` is what it says, at least EXCERPT signs and one more where there are so many.
    """
    files = [file.name for file in attached]
    for person in knowledge.moderators_of(held.mailing_list, at=at):
        before = _asked_of(person, held, at)
        if before < LETTERS:
            _ask(person, held, beginning, files, before, at=at)


def _asked_of(person: Person, held: Held, at: datetime) -> int:
    """Count the letters of the last hour: a flood of forged posts must not flood moderators."""
    return Question.objects.filter(
        address=person.email, mailing_list=held.mailing_list, purpose=Purpose.MODERATE,
        asked_at__gt=at - timedelta(hours=1),
    ).count()  # fmt: skip


def _ask(
    person: Person, held: Held, text: str, files: list[str], before: int, *, at: datetime
) -> None:
    asked = Question.objects.create(
        purpose=Purpose.MODERATE, mailing_list=held.mailing_list, address=person.email, held=held,
        options={"moderator": str(person.pk)}, asked_at=at, ends_at=at + DECIDE_WITHIN,
    )  # fmt: skip
    with override(person.language):
        why = _("You get this because you moderate the list %(list)s.") % {
            "list": held.mailing_list
        }
        reasons, ends = reasons_in_words(held.reasons), words.moment(asked.ends_at)
    send(
        "to_moderate", person.email, at=at, key=f"lists.to_moderate:{held.pk}:{person.pk}",
        why=why, reply_to=tokens.question_address(asked), mailing_list=held.mailing_list,
        held=held, reasons=reasons, ends=ends, text=text[:EXCERPT].strip(), files=files[:20],
        is_cut=len(text) > EXCERPT, is_last=before == LETTERS - 1,
    )  # fmt: skip


def tell_went_out(held: Held, *, at: datetime) -> None:
    """Tell an author that a post that waited went out."""
    _tell_author("went_out", held, at=at, message=held.message)


def tell_rejected(held: Held, *, at: datetime) -> None:
    """Tell an author that a post was not taken, and why."""
    _tell_author("rejected", held, at=at)


def tell_expired(held: Held, *, at: datetime) -> None:
    """Tell an author that nobody decided about a post in time."""
    _tell_author("expired", held, at=at, days=DECIDE_WITHIN.days)


def _tell_author(name: str, held: Held, *, at: datetime, **context: Any) -> None:
    """
    Write to an author whom a mail may go to: never to whom somebody else only pretended to be.

    Who proved who they are hears of each post; an address that the house only knows gets no more
    than one letter a day, as one that is not proven may be forged.
    """
    if not knowledge.may_be_told(held, at=at):
        return
    if not held.is_authentic and not may_answer(held.address, at=at):
        return
    with override(knowledge.language_of(held)):
        why = _("You get this because you wrote to the list %(list)s.") % {
            "list": held.mailing_list
        }
        reasons = reasons_in_words(held.reasons)
    send(
        name, held.address, at=at, key=f"lists.{name}:{held.pk}", why=why, held=held,
        mailing_list=held.mailing_list, reasons=reasons,
        owner=beside(held.mailing_list.address, "owner"), **context,
    )  # fmt: skip


def forget_asked(post: int) -> None:
    """Take back the letters that ask moderators about a post, with what they cite of it."""
    forget_letters([], [f"lists.to_moderate:{post}:", f"lists.moderated_by_mail:{post}:"])


def forget(posts: Sequence[int]) -> None:
    """Take back all that letters say of held posts: it goes with what they are about."""
    asked = Question.objects.filter(held__in=posts).values_list("pk", flat=True)
    names = ("held", "rejected", "expired", "went_out")
    forget_letters(
        [f"lists.{name}:{post}" for post in posts for name in names]
        + [f"lists.question:{number}" for number in asked]
    )
    for post in posts:
        forget_asked(post)


def answer_moderator(
    asked: Question, said: str, *, at: datetime, is_done: bool, reply_to: str = ""
) -> None:
    """Tell a moderator who decided by mail what became of it."""
    person = person_at(asked.address)
    with override(person.language if person else "en"):
        why = _("You get this because you answered a letter about the list %(list)s.") % {
            "list": asked.mailing_list
        }
    send(
        "moderated_by_mail", asked.address, at=at, why=why,
        key=f"lists.moderated_by_mail:{asked.held_id}:{asked.pk}:{uuid4().hex}",
        reply_to=reply_to,
        mailing_list=asked.mailing_list, held=asked.held, said=said, is_done=is_done,
    )  # fmt: skip
