"""Who may open a list, subscribe whom, watch a thread, and change an archive."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import holds_office
from intersession.coalitions.states import Office
from intersession.kit.answers import YES, Answer, no
from intersession.lists.models import Correspondence, MailingList, Message, Question, Thread
from intersession.lists.queries.knowledge import addresses_with, is_officer
from intersession.lists.queries.redactions import wrote
from intersession.lists.queries.subscriptions import own_subscriptions
from intersession.lists.rules.binding import Unbound, unbound
from intersession.lists.rules.judging import Authentic, Signs
from intersession.lists.states import Mailbox
from intersession.people.models import Person
from intersession.people.queries import addresses_of, person_at


def may_open_list(person: Person, coalition: Coalition, *, at: datetime) -> Answer:
    """A coordinator of the coalition or the Secretariat opens lists."""
    if person.is_secretariat or holds_office(person, coalition, Office.COORDINATOR, at=at):
        return YES
    return no(_("Only a coordinator of the coalition or the Secretariat opens a list."))


def may_subscribe(person: Person | None, mailing_list: MailingList) -> Answer:
    """Anybody may: no list of a coalition asks for approval (seed 004, I.3)."""
    return YES


def may_answer_for(
    person: Person | None, mailing_list: MailingList, address: str, *, at: datetime
) -> Answer:
    """
    Say whether somebody may subscribe this address, take it off, or change how mail comes.

    None is whoever has just shown that they read its mail: by a token, or by mail from it that is
    authenticated. Others do it for their own verified addresses.
    """
    if person is None or owns(person, address):
        return YES
    if may_look_after(person, mailing_list, at=at):
        return YES
    return no(
        _("This address is not one of yours. Add it to your account first, or write from it.")
    )


def owns(person: Person, address: str) -> bool:
    """Test whether an address is one of the person's verified ones."""
    return addresses_of(person).filter(email=address.lower()).exists()


def may_bind_by_mail(
    asked: Question | None, signs: Signs, authentic: Authentic, *, at: datetime
) -> Answer:
    """
    Whom a letter asked for one act does it by a mail that is proven theirs and bears its token.

    For acts that cannot be taken back, such as an objection: there the token alone is not enough.
    """
    is_open = asked is not None and asked.answered_at is None and asked.ends_at > at
    own = addresses_with(asked.address, person_at(asked.address)) if asked else frozenset[str]()
    why = unbound(signs, authentic, own, names_the_act=is_open)
    return no(_UNBOUND[why]) if why else YES


_UNBOUND: Mapping[Unbound, Any] = {
    Unbound.NOT_NAMED: _lazy("This was answered already, its time is over, or nobody asked it."),
    Unbound.NOT_PROVEN: _lazy("Nothing proves that this mail is yours. Do it on the page instead."),
    Unbound.NOT_THEIRS: _lazy("The letter went to somebody else. Only they can answer it."),
}


def may_look_after(person: Person, mailing_list: MailingList, *, at: datetime) -> Answer:
    """A coordinator of the coalition or the Secretariat looks after its lists."""
    coalition = mailing_list.coalition
    if person.is_secretariat or holds_office(person, coalition, Office.COORDINATOR, at=at):
        return YES
    return no(_("Only a coordinator of the coalition or the Secretariat looks after its lists."))


def may_moderate(person: Person, mailing_list: MailingList, *, at: datetime) -> Answer:
    """A moderator or coordinator of the coalition, or the Secretariat, decides about held posts."""
    if is_officer(person, mailing_list.coalition, at=at):
        return YES
    return no(
        _("Only a moderator or coordinator of the coalition, or the Secretariat, decides here.")
    )


def may_suspend(person: Person, mailing_list: MailingList, *, at: datetime) -> Answer:
    """A coordinator or the Secretariat suspends somebody's posting; a moderator does not alone."""
    return may_look_after(person, mailing_list, at=at)


def may_watch(person: Person, thread: Thread) -> Answer:
    """Who gets the list's mail says how they want it of a thread."""
    if own_subscriptions(person, thread.mailing_list).exists():
        return YES
    return no(_("Whoever subscribes to the list can follow or mute its threads."))


def may_redact(person: Person, mailing_list: MailingList, *, at: datetime) -> Answer:
    """Moderators and who looks after a list take things out, and answer who asks for it."""
    if holds_office(person, mailing_list.coalition, Office.MODERATOR, at=at):
        return YES
    return may_look_after(person, mailing_list, at=at)


def may_ask_erasure(person: Person, message: Message) -> Answer:
    """Who wrote a message may ask that it be taken out (GDPR, Article 17)."""
    if wrote(person, message):
        return YES
    return no(
        _("Whoever wrote a message may ask, from an account with the address it was sent from.")
    )


def may_arrange(person: Person, mailing_list: MailingList, *, at: datetime) -> Answer:
    """Moderators and who looks after a list move its messages, join and close its threads."""
    if holds_office(person, mailing_list.coalition, Office.MODERATOR, at=at):
        return YES
    return may_look_after(person, mailing_list, at=at)


def may_post(person: Person, mailing_list: MailingList) -> Answer:
    """Whoever has a verified address writes to a list that lives here; the list judges the post."""
    if mailing_list.closed_at is not None:
        return no(_("This list is closed. Its archive stays open."))
    if mailing_list.mirrors:
        return no(
            _("This list lives elsewhere and is only archived here. Write to %(address)s.")
            % {"address": mailing_list.mirrors}
        )
    if not addresses_of(person).exists():
        return no(_("Verify an address in your account first; the post is sent from it."))
    return YES


def may_read_correspondence(person: Person, mail: Correspondence, *, at: datetime) -> Answer:
    """Who holds the office today reads its mail; the Secretariat reads all of it."""
    if person.is_secretariat:
        return YES
    if mail.mailing_list and mail.mailbox == Mailbox.OWNER:
        return may_read_mailbox(person, mail.mailing_list, at=at)
    return no(_("Only the Secretariat reads its mail."))


def may_read_mailbox(person: Person, mailing_list: MailingList, *, at: datetime) -> Answer:
    """Coordinators and moderators read what is written to the owner of a list."""
    if is_officer(person, mailing_list.coalition, at=at):
        return YES
    return no(_("Only who holds an office of the coalition, or the Secretariat, reads this mail."))
