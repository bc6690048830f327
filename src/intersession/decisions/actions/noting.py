"""What every verb of a call shares: the lock, the entry in the record, the search document."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from intersession.decisions.models import Call, Objection
from intersession.decisions.queries.frozen import Item
from intersession.decisions.states import CallState, Capacity
from intersession.journal.actions import record
from intersession.kit.answers import Refused
from intersession.people.models import Person
from intersession.search.actions import put
from intersession.search.rules import Document


def a_salt() -> str:
    """Return 32 random bytes for a digest, hexadecimal, to be kept beside the content."""
    return token_hex(32)


def lock(call: Call) -> None:
    """Take the call as it is now, and keep others off it until the transaction ends."""
    call.refresh_from_db(from_queryset=Call.objects.select_for_update())


def hold(call_id: int) -> None:
    """
    Keep others off a call until the transaction ends.

    Whoever locks what stands on a call begins with this, as the verbs of the call do, which change
    that after it: with one order everywhere, no two ever wait for each other.
    """
    list(Call.objects.select_for_update().filter(pk=call_id).values_list("pk"))


def lock_objection(objection: Objection) -> None:
    """Take an objection and its call as they are now; raise Refused once the call has ended."""
    lock(objection.call)
    objection.refresh_from_db(from_queryset=Objection.objects.select_for_update())
    check_not_ended(objection.call)


def check_not_ended(call: Call) -> None:
    """Raise Refused where the call was determined, deferred or withdrawn."""
    if call.state != CallState.OPEN:
        raise Refused(
            _("This call has ended: the state is “%(state)s”. What was said stays as it was.")
            % {"state": call.get_state_display()}
        )


def required(words: str, sentence: str) -> str:
    """Return the words without blanks around; raise Refused with the sentence if none are left."""
    if not (kept := words.strip()):
        raise Refused(sentence)
    return kept


def spoken_for(capacity: Capacity, organization: str) -> str:
    """
    Return the organization somebody speaks for, "" for who speaks for themselves.

    Raises Refused where one is spoken for and not named.
    """
    if capacity != Capacity.ORGANIZATION:
        return ""
    return required(organization, _("Name the organization for which you speak."))


def note(
    actor: Person | None,
    verb: str,
    call: Call,
    *,
    at: datetime,
    thing: Model | None = None,
    url: str = "",
    facts: Mapping[str, Any] | None = None,
    items: tuple[Item, ...] = (),
    private: bool = False,
) -> None:
    """Write the one entry of an act; what people said enters as salted digests."""
    record(
        actor,
        f"decisions.{verb}",
        thing or call,
        at=at,
        scope=call.coalition.slug,
        title=call.title,
        url=url or call.get_absolute_url(),
        facts=facts,
        digests=_digests(items),
        private=private,
    )


def _digests(items: tuple[Item, ...]) -> dict[str, str]:
    """Name the digests by kind, and by kind and key where one act holds several of a kind."""
    named: dict[str, str] = {}
    for item in items:
        named[f"{item.kind} {item.key}" if item.kind in named else item.kind] = item.digest
    return named


def index(call: Call, *more: str) -> None:
    """Put the call into the search, with what was decided if it is."""
    body = [call.question, *more, call.rounds.order_by("-number")[:1].get().text]
    put(
        [
            Document(
                key=f"decisions.call:{call.pk}",
                kind="call",
                title=call.title,
                body="\n\n".join(body),
                at=call.opened_at,
                url=call.get_absolute_url(),
                scope=call.coalition.slug,
                person=str(call.caller),
            )
        ]
    )
