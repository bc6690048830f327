"""The letters of a list. None goes to a robot, and at most one a day to an author."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.kit import words
from intersession.lists.letters.subscribing import reports_to
from intersession.lists.models import Answered, Held, MailingList, Question
from intersession.lists.phrases import reasons_in_words
from intersession.lists.queries import tokens
from intersession.outbox.actions import write
from intersession.people.queries import person_at


def ask_to_confirm(asked: Question, *, at: datetime) -> None:
    """Ask an author to confirm a post that does not prove it; the caller asks `may_answer`."""
    reply = tokens.question_address(asked)
    send(
        "confirm_post", asked.address, at=at, key=f"lists.question:{asked.pk}",
        why=_("You get this because a mail to the list %(list)s bears your address.")
        % {"list": asked.mailing_list},
        mailing_list=asked.mailing_list, held=asked.held, ends=words.moment(asked.ends_at),
        token=tokens.question_token(asked), reply=reply, reply_to=reply,
    )  # fmt: skip


def tell_held(held: Held, *, at: datetime) -> None:
    """Tell an author that a post waits, and why."""
    if not may_answer(held.address, at=at):
        return
    send(
        "held", held.address, at=at, key=f"lists.held:{held.pk}",
        why=_("You get this because you wrote to the list %(list)s.")
        % {"list": held.mailing_list},
        mailing_list=held.mailing_list, held=held, reasons=reasons_in_words(held.reasons),
    )  # fmt: skip


def may_answer(address: str, *, at: datetime) -> bool:
    """Test whether nothing was answered to this address today, and note that now it is."""
    return Answered.objects.get_or_create(address=address.lower(), on=at.date())[1]


def send(
    name: str, to: str, *, at: datetime, key: str, why: str, mailing_list: MailingList,
    reply_to: str = "", **context: object,
) -> None:  # fmt: skip
    """Write a letter to an address, in the language of whom it belongs to; once under one key."""
    told = {**context, "mailing_list": mailing_list}
    person = person_at(to)
    language = person.language if person else "en"
    with override(language):
        write(
            f"lists.{name}", to, told, at=at, reason=why, person=person, language=language,
            key=key, reply_to=reply_to, return_path=reports_to(mailing_list),
        )  # fmt: skip
