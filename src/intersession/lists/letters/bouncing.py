"""The letters about mail that comes back."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.lists.letters.subscribing import reports_to, words_about
from intersession.lists.models import MailingList, Question, Relay, Subscription
from intersession.lists.queries import knowledge, tokens
from intersession.outbox.actions import write


def warn(asked: Question, subscription: Subscription, *, at: datetime) -> None:
    """Warn a reader that mail to them comes back, early enough to be set right."""
    _send("lists.bouncing", asked, subscription, at=at)


def probe(asked: Question, subscription: Subscription, return_path: str, *, at: datetime) -> None:
    """Find out whether mail to an address still arrives: what comes back comes to this path."""
    _send("lists.probe", asked, subscription, at=at, return_path=return_path)


def tell_stopped(asked: Question, subscription: Subscription, *, at: datetime) -> None:
    """Tell a person, at another address of theirs, that mail to this one has stopped."""
    person = subscription.person
    if person is not None and person.email.lower() != subscription.address:
        _send("lists.stopped", asked, subscription, at=at, to=person.email)


def tell_refused(relay: Relay, mailing_list: MailingList, *, at: datetime) -> None:
    """Tell those who look after a list that a post waits, because too many refuse it."""
    for person in knowledge.moderators_of(mailing_list, at=at):
        with override(person.language):
            reason = _("You get this because you look after the list %(title)s.") % {
                "title": mailing_list
            }
            context = {**words_about(mailing_list), "relay": relay, "post": relay.message}
            write(
                "lists.refused", person.email, context, at=at, reason=reason, person=person,
                language=person.language, key=f"lists.refused:{relay.pk}:{person.pk}",
                return_path=reports_to(mailing_list),
            )  # fmt: skip


def _send(
    kind: str,
    asked: Question,
    subscription: Subscription,
    *,
    at: datetime,
    to: str = "",
    return_path: str = "",
) -> None:
    with override(subscription.language):
        reason = _("You get this because %(address)s is on the list %(title)s.") % {
            "address": subscription.address, "title": subscription.mailing_list,
        }  # fmt: skip
        context = {
            **words_about(subscription.mailing_list),
            "address": subscription.address,
            "token": tokens.question_token(asked),
        }
        write(
            kind, to or subscription.address, context, at=at, reason=reason,
            person=subscription.person, language=subscription.language,
            return_path=return_path or reports_to(subscription.mailing_list),
        )  # fmt: skip
