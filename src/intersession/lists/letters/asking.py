"""The letters that ask: they go to whoever reads the mail of an address, and to nobody else."""

from datetime import datetime

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from intersession.kit import words
from intersession.lists.letters.subscribing import own_page, reports_to, words_about
from intersession.lists.models import Question
from intersession.lists.queries import tokens
from intersession.lists.queries.subscribers import subscription_at
from intersession.lists.queries.tokens import leave_token
from intersession.lists.states import Delivery, Purpose
from intersession.outbox.actions import write
from intersession.people.queries import person_at


def ask(asked: Question, *, at: datetime) -> None:
    """Ask what the question asks; tell somebody who wants to join and is there that they are."""
    there = subscription_at(asked.mailing_list, asked.address)
    name, reply = f"confirm_{asked.purpose}", tokens.question_address(asked)
    is_question = asked.purpose in (Purpose.JOIN, Purpose.LEAVE, Purpose.CHANGE)
    if asked.purpose == Purpose.JOIN and there:
        name, is_question = "already_there", False
    person = person_at(asked.address)
    language = there.language if there else person.language if person else get_language() or "en"
    with override(language):
        reason = _(
            "You get this because somebody gave this address for the list %(title)s, perhaps you."
        ) % {"title": asked.mailing_list}
        context = {
            **words_about(asked.mailing_list),
            "address": asked.address,
            "token": tokens.question_token(asked),
            "reply": reply,
            "ends": words.moment(asked.ends_at),
            "wish": _wish(asked),
            "own": own_page(leave_token(there.pk)) if there else "",
        }
        write(
            f"lists.{name}", asked.address, context, at=at, reason=reason, person=person,
            language=language, key=f"lists.question:{asked.pk}",
            reply_to=reply if is_question else "", return_path=reports_to(asked.mailing_list),
        )  # fmt: skip


def _wish(asked: Question) -> str:
    wanted = asked.options.get("delivery", "")
    return str(Delivery(wanted).label) if wanted in Delivery.values else ""
