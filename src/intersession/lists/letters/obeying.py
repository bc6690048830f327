"""The letter that answers commands. Whoever writes several times a day gets it once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.lists.letters.posting import may_answer
from intersession.lists.letters.subscribing import reports_to, words_about
from intersession.lists.models import MailingList
from intersession.lists.rules.addresses import beside
from intersession.outbox.actions import write
from intersession.people.queries import person_at


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What became of the commands of a mail, in sentences; and whether help is wanted."""

    did: Sequence[str] = ()
    helps: bool = False
    unread: str = ""


def language_of(address: str) -> str:
    """Return the language in which an address is written to."""
    person = person_at(address)
    return person.language if person else "en"


def tell_obeyed(mailing_list: MailingList, address: str, told: Obeyed, *, at: datetime) -> None:
    """Answer a mail of commands, unless something was answered to this address today."""
    if not (told.did or told.helps) or not may_answer(address, at=at):
        return
    language = language_of(address)
    with override(language):
        why = _("You get this because you wrote to the list %(list)s.") % {"list": mailing_list}
        context = {
            **words_about(mailing_list),
            "did": told.did,
            "helps": told.helps,
            "unread": told.unread,
            "request": beside(mailing_list.address, "request"),
            "join": beside(mailing_list.address, "join"),
            "owner": beside(mailing_list.address, "owner"),
        }
        write(
            "lists.commands", address, context, at=at, reason=why, person=person_at(address),
            language=language, return_path=reports_to(mailing_list),
        )  # fmt: skip
