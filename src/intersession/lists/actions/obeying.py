"""
Commands by mail: join, leave, confirm, digest, nomail, mail, help.

Who is proven to have sent a mail is obeyed at once in what is theirs. All others cause a question
to the address they name, within the limits, and nothing else: a mail is easily forged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.kit.answers import Refused
from intersession.lists.actions.answering import answer, decline
from intersession.lists.actions.asking import ask_to_change, ask_to_join, ask_to_leave
from intersession.lists.actions.receiving.judging import key_of
from intersession.lists.actions.subscribing import set_delivery, unsubscribe, wishes_of
from intersession.lists.actions.tallying import tally
from intersession.lists.letters.obeying import Obeyed, language_of, tell_obeyed
from intersession.lists.models import Arrival, MailingList, Subscription
from intersession.lists.queries import knowledge, tokens
from intersession.lists.queries.addressed import Destination
from intersession.lists.rules.commanding import Command, Do, commands_in
from intersession.lists.rules.judging import Authentic, Signs, is_about, may_be_answered, signs
from intersession.lists.rules.wishes import AS_USUAL, Wishes
from intersession.lists.states import Delivery, Outcome, Style, Tallied, Way
from intersession.people.queries import person_at


@dataclass(frozen=True, slots=True)
class _Sender:
    """Who wrote, whether that is proven, and what of the list's mail is theirs."""

    mailing_list: MailingList
    address: str
    is_proven: bool
    own: frozenset[str]
    at: datetime

    def subscriptions(self) -> list[Subscription]:
        """Return the subscription of the address they wrote from, else those of their others."""
        found = list(knowledge.subscriptions_at(self.mailing_list, self.own))
        return [one for one in found if one.address == self.address] or found


def obey(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """
    Do what a mail to one of a list's command addresses asks for, once.

    Robots give no commands and get no answer (RFC 3834, 2): they are counted.
    """
    mailing_list = where.mailing_list
    mail = signs(raw, envelope)
    given = commands_in(where.kind, raw, token=where.token)
    if not given or not may_be_answered(mail):
        tally(mailing_list, Tallied.ROBOT, at=at)
        return
    key = key_of(mailing_list, raw, envelope)
    if not Arrival.objects.filter(key=key).exists():
        _obey(_sender(mailing_list, mail, authentic, at=at), given, key)


def _sender(
    mailing_list: MailingList, mail: Signs, authentic: Authentic, *, at: datetime
) -> _Sender:
    is_proven = mail.is_clear and authentic.is_authenticated and is_about(authentic, mail)
    person = person_at(mail.author) if is_proven else None
    own = knowledge.addresses_with(mail.author, person)
    return _Sender(mailing_list, mail.author, is_proven, own, at)


@transaction.atomic
def _obey(sender: _Sender, given: tuple[Command, ...], key: bytes) -> None:
    with override(language_of(sender.address)):
        became = [_one(sender, command) for command in given]
    if not any(did for did, _words in became):
        return  # beyond a limit: nothing is kept of it but the count
    Arrival.objects.create(
        key=key, mailing_list=sender.mailing_list, at=sender.at, outcome=Outcome.COMMAND
    )
    if sender.is_proven or sender.subscriptions():
        wants = next((one for one in given if one.do is Do.HELP), None)
        told = Obeyed(
            [words for _did, words in became if words], wants is not None,
            wants.unread if wants else "",
        )  # fmt: skip
        tell_obeyed(sender.mailing_list, sender.address, told, at=sender.at)


def _one(sender: _Sender, command: Command) -> tuple[bool, str]:
    """Do one command; say whether it was done, and what the sender reads about it."""
    try:
        return DOES[command.do](sender, command)
    except Refused as refusal:
        return True, str(refusal)


def _join(sender: _Sender, command: Command) -> tuple[bool, str]:
    address = command.address or sender.address
    wishes = replace(AS_USUAL, language=language_of(address))
    limit = ask_to_join(sender.mailing_list, address, at=sender.at, way=Way.MAIL, wishes=wishes)
    return bool(limit), ""


def _leave(sender: _Sender, command: Command) -> tuple[bool, str]:
    address = command.address or sender.address
    if not sender.is_proven or address not in sender.own:
        limit = ask_to_leave(sender.mailing_list, address, at=sender.at, way=Way.MAIL)
        return bool(limit), ""
    named = [one for one in sender.subscriptions() if not command.address or one.address == address]
    if not named:
        return True, _("This address is not subscribed.")
    for one in named:
        unsubscribe(None, sender.mailing_list, one.address, at=sender.at, way=Way.MAIL)
    return True, _("You are off the list: no more of its mail comes.")


def _answer(act: Callable[..., None], sender: _Sender, command: Command) -> tuple[bool, str]:
    """Take a token with a yes or a no to its question: whoever holds it got the letter."""
    asked = tokens.open_question(command.token, at=sender.at)
    if asked is None:
        return sender.is_proven, _("This was answered already, or its time is over.")
    act(asked, at=sender.at)
    return True, ""


def _change(sender: _Sender, command: Command) -> tuple[bool, str]:
    own = sender.subscriptions()
    if not own:
        return sender.is_proven, _("This address is not subscribed.")
    if not sender.is_proven:
        wishes = _wishes(wishes_of(own[0]), command)
        limit = ask_to_change(sender.mailing_list, own[0].address, wishes, at=sender.at)
        return bool(limit), ""
    for one in own:
        set_delivery(None, one, _wishes(wishes_of(one), command), at=sender.at)
    wanted = _wishes(wishes_of(own[0]), command)
    return True, _("From now on the mail of the list comes so: %(wish)s.") % {
        "wish": wanted.delivery.label
    }


def _wishes(old: Wishes, command: Command) -> Wishes:
    """Say how mail comes after a command; what it does not name stays as it was."""
    if command.do is Do.NOMAIL:
        return replace(old, delivery=Delivery.NONE)
    if command.do is Do.MAIL:
        return replace(old, delivery=Delivery.EACH)
    is_digest = old.delivery in (Delivery.DAILY, Delivery.WEEKLY)
    period = command.period or (old.delivery.value if is_digest else Delivery.DAILY.value)
    return replace(old, delivery=Delivery(period), style=Style(command.style or old.style))


def _help(sender: _Sender, command: Command) -> tuple[bool, str]:
    return sender.is_proven or bool(sender.subscriptions()), ""


DOES: Mapping[Do, Callable[[_Sender, Command], tuple[bool, str]]] = {
    Do.JOIN: _join,
    Do.LEAVE: _leave,
    Do.CONFIRM: partial(_answer, answer),
    Do.DECLINE: partial(_answer, decline),
    Do.DIGEST: _change,
    Do.MAIL: _change,
    Do.NOMAIL: _change,
    Do.HELP: _help,
}
"""What each command does."""
