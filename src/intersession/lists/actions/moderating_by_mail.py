"""A moderator's answer by mail: the token it came to is what proves who decides."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.kit.answers import Denied, Refused
from intersession.lists.actions.moderating import approve, approve_and_trust, discard, reject
from intersession.lists.actions.receiving.judging import key_of
from intersession.lists.letters.moderating import answer_moderator
from intersession.lists.models import Arrival, Held, Question
from intersession.lists.queries.tokens import question_address
from intersession.lists.rules.deciding import Decision, Do, decision_in
from intersession.lists.states import Outcome
from intersession.people.models import Person


def _reject(actor: Person, held: Held, said: Decision, *, at: datetime) -> None:
    reject(actor, held, at=at, reason=said.reason)


VERBS: Mapping[Do, Callable[..., Any]] = {
    Do.APPROVE: lambda actor, held, said, at: approve(actor, held, at=at),
    Do.TRUST: lambda actor, held, said, at: approve_and_trust(actor, held, at=at),
    Do.REJECT: _reject,
    Do.DISCARD: lambda actor, held, said, at: discard(actor, held, at=at),
}


@transaction.atomic
def decide_by_mail(asked: Question, raw: bytes, *, at: datetime, envelope: str) -> None:
    """
    Do what a moderator answered about a held post, once, and tell them what was done.

    A robot's answer does nothing and gets none. What cannot be done is answered with the reason; a
    word that nobody understands leaves the token as it was, and is answered once: a robot that
    does not say it is one would go on for ever (RFC 3834, 2).
    """
    said = decision_in(raw)
    if said is None or asked.held is None:
        return
    key = key_of(asked.mailing_list, raw, f"{envelope} {asked.pk}")
    if Arrival.objects.filter(key=key).exists():
        return
    Arrival.objects.create(key=key, mailing_list=asked.mailing_list, at=at, outcome=Outcome.COMMAND)
    if said.do is None and not _is_first(asked):
        return
    moderator = Person.objects.get(pk=int(asked.options["moderator"]))
    with override(moderator.language):
        words, is_done = _decided(asked, asked.held, moderator, said, at=at)
    again = "" if is_done or asked.held.decided_at else question_address(asked)
    answer_moderator(asked, words, at=at, is_done=is_done, reply_to=again)


def _is_first(asked: Question) -> bool:
    """Test whether nothing was answered yet to what nobody understood, and note that now it is."""
    untold = Question.objects.filter(pk=asked.pk).exclude(options__has_key="unread")
    return bool(untold.update(options={**asked.options, "unread": "1"}))


def _decided(
    asked: Question, held: Held, moderator: Person, said: Decision, *, at: datetime
) -> tuple[str, bool]:
    """Decide, and return what to say of it, and whether it is done."""
    if said.do is None:
        return _("The first line says neither approve, trust, reject nor discard."), False
    if asked.ends_at <= at:
        return _("The time to decide about this post is over."), False
    try:
        with transaction.atomic():
            VERBS[said.do](moderator, held, said, at=at)
    except (Denied, Refused) as problem:
        return str(problem), False
    return str(DONE[said.do]()), True


DONE: Mapping[Do, Callable[[], str]] = {
    Do.APPROVE: lambda: _("The post went out."),
    Do.TRUST: lambda: _("The post went out, and its author’s next ones go out at once."),
    Do.REJECT: lambda: _("The post is rejected, with your reason."),
    Do.DISCARD: lambda: _("The post is discarded. No letter goes out."),
}
