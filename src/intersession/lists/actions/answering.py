"""Answers to what was asked by letter: the token in hand is what gives the right."""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Refused
from intersession.lists.actions.expiring import expire
from intersession.lists.actions.healing import resume_mail
from intersession.lists.actions.receiving import NotTaken, release
from intersession.lists.actions.receiving.judging import Judged, Post, judged
from intersession.lists.actions.subscribing import (
    set_delivery,
    subscribe,
    unsubscribe,
    wishes_of,
)
from intersession.lists.letters.moderating import tell_moderators
from intersession.lists.models import Held, Question
from intersession.lists.phrases import reasons_in_words
from intersession.lists.queries.subscribers import subscription_at
from intersession.lists.rules.judging import Accept, Hold
from intersession.lists.rules.wishes import Wishes
from intersession.lists.states import HELD, Delivery, HeldState, Purpose, Style, Way


@transaction.atomic
def answer(question: Question, *, at: datetime) -> None:
    """
    Do what a letter asked to be confirmed, once.

    Raises Refused where it was answered already or its time is over.
    """
    _close(question, at=at)
    ANSWERS[Purpose(question.purpose)](question, at=at)


@transaction.atomic
def decline(question: Question, *, at: datetime) -> None:
    """
    Take a no: nothing is done, and nobody can say yes any more. A post it was about goes nowhere.

    Raises Refused where it was answered already or its time is over.
    """
    _close(question, at=at)
    if question.held_id:
        expire(question.held_id, at=at)


def _close(question: Question, *, at: datetime) -> None:
    asked = Question.objects.select_for_update().filter(
        pk=question.pk, answered_at=None, ends_at__gt=at
    )
    if not asked.update(answered_at=at):
        raise Refused(_("This was answered already, or its time is over."))


def _post(question: Question, *, at: datetime) -> None:
    """
    Let a post out whose author has confirmed it, if the list's rules let it out today.

    Only who wrote it is answered by that: what a moderator must see goes to them, and what the
    list does not take is refused.
    """
    held = _waiting(question)
    mail = _judged_again(held, at=at)
    if isinstance(mail.verdict, Hold):
        held.state = HELD.after("confirm", HeldState(held.state))
        held.reasons = [one.value for one in mail.verdict.reasons]
        held.save(update_fields=["state", "reasons"])
        tell_moderators(held, mail.beginning, mail.pressed.files, at=at)
        return
    message = release(held, at=at)
    record(
        None, "lists.confirm_post", message, at=at, scope=held.mailing_list.coalition.slug,
        title=str(held.mailing_list), url=message.get_absolute_url(),
    )  # fmt: skip


def _waiting(question: Question) -> Held:
    """Load the post that a question is about, while nobody else decides about it."""
    locked = Held.objects.select_for_update(of=("self",)).select_related("mailing_list__coalition")
    held = locked.filter(pk=question.held_id or 0, state=HeldState.WAITING).first()
    if held is None:
        raise Refused(_("The post is not there any more."))
    if held.mailing_list.closed_at is not None:
        raise Refused(_("This list is closed. Its archive stays open."))
    if held.mailing_list.mirrors:
        raise Refused(
            _("This list lives elsewhere and is only archived here. Write to %(address)s.")
            % {"address": held.mailing_list.mirrors}
        )
    return held


def _judged_again(held: Held, *, at: datetime) -> Judged:
    """Judge a post as one whose author is known. Raises Refused where it is not taken."""
    try:
        raw = zlib.decompress(held.raw)
        mail = judged(Post(held.mailing_list, raw, held.envelope), at=at, has_consented=True)
    except zlib.error:
        raise Refused(_("The post is not there any more.")) from None
    except NotTaken as problem:
        raise Refused(" ".join(reasons_in_words(problem.refusal.reasons))) from problem
    if not isinstance(mail.verdict, Accept | Hold):
        raise Refused(" ".join(reasons_in_words(getattr(mail.verdict, "reasons", ()))))
    return mail


def _join(question: Question, *, at: datetime) -> None:
    """Subscribe the address, as it was asked for."""
    asked = question.options
    wishes = Wishes(
        Delivery(asked.get("delivery", Delivery.EACH)), Style(asked.get("style", Style.MIME)),
        asked.get("zone", "UTC"), asked.get("language", "en"),
    )  # fmt: skip
    way = Way(asked.get("way", Way.WEB))
    subscribe(None, question.mailing_list, question.address, at=at, way=way, wishes=wishes)


def _leave(question: Question, *, at: datetime) -> None:
    """Take the address off the list."""
    way = Way(question.options.get("way", Way.WEB))
    unsubscribe(None, question.mailing_list, question.address, at=at, way=way)


def _change(question: Question, *, at: datetime) -> None:
    """Let mail come as it was asked for."""
    subscription = subscription_at(question.mailing_list, question.address)
    if subscription is None:
        raise Refused(_("This address is not subscribed."))
    wishes = replace(
        wishes_of(subscription), delivery=Delivery(question.options["delivery"]),
        style=Style(question.options["style"]),
    )  # fmt: skip
    set_delivery(None, subscription, wishes, at=at)


def _show(question: Question, *, at: datetime) -> None:
    """Let mail come again: its reader has shown that it arrives."""
    subscription = subscription_at(question.mailing_list, question.address)
    if subscription is None:
        raise Refused(_("This address is not subscribed."))
    resume_mail(None, subscription, at=at)


def _moderate(question: Question, *, at: datetime) -> None:
    """Ask for the word: a token alone decides about no post."""
    raise Refused(_("Answer the letter itself, with one word on its first line."))


ANSWERS: Mapping[Purpose, Callable[..., None]] = {
    Purpose.POST: _post,
    Purpose.JOIN: _join,
    Purpose.LEAVE: _leave,
    Purpose.CHANGE: _change,
    Purpose.PROBE: _show,
    Purpose.MODERATE: _moderate,
}
"""What follows from an answer."""
