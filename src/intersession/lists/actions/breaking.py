"""The circuit breaker: a post that too many refuse is paused until its owner has looked at it."""

from datetime import datetime

from django.db import transaction

from intersession.journal.actions import record
from intersession.kit.answers import ensure
from intersession.lists import permissions
from intersession.lists.actions import relaying
from intersession.lists.actions.healing import keep_health
from intersession.lists.letters import bouncing as letters
from intersession.lists.models import Relay, Subscription
from intersession.lists.queries.health import health_of, scored_by
from intersession.lists.queries.relays import list_of
from intersession.lists.rules.bouncing import forgiven
from intersession.lists.states import RELAY, RelayState
from intersession.people.models import Person


@transaction.atomic
def break_off(relay: Relay, *, at: datetime) -> None:
    """Pause a post, forgive those whose servers refused it, and tell the list's owners."""
    relay.tripped_at = at
    relay.save(update_fields=["tripped_at"])
    if RelayState(relay.state) in RELAY.steps["pause"][0]:
        relaying.pause(relay, at=at)
    for bounce in scored_by(relay, at=at):
        _forgive(bounce.subscription, bounce.at)
    _record(None, "lists.pause_relay", relay, at=at)
    letters.tell_refused(relay, list_of(relay), at=at)


def _forgive(subscription: Subscription | None, on: datetime) -> None:
    if subscription is None:
        return
    before = health_of(subscription)
    health = forgiven(before, on.date())
    if health != before:
        keep_health(subscription, health)


@transaction.atomic
def resume_relay(actor: Person, relay: Relay, *, at: datetime) -> None:
    """
    Let a paused post go on to those who have no copy yet.

    Raises Denied unless the actor looks after the list, Refused where it is not paused.
    """
    ensure(permissions.may_look_after(actor, list_of(relay), at=at))
    relaying.resume(relay, at=at)
    _record(actor, "lists.resume_relay", relay, at=at)


@transaction.atomic
def stop_relay(actor: Person, relay: Relay, *, at: datetime) -> None:
    """
    Let a post go out to nobody else; it stays in the archive.

    Raises Denied unless the actor looks after the list, Refused where it has ended.
    """
    ensure(permissions.may_look_after(actor, list_of(relay), at=at))
    relaying.stop(relay, at=at)
    _record(actor, "lists.stop_relay", relay, at=at)


def _record(actor: Person | None, verb: str, relay: Relay, *, at: datetime) -> None:
    mailing_list = list_of(relay)
    record(
        actor, verb, relay, at=at, scope=mailing_list.coalition.slug, title=str(mailing_list),
        url=mailing_list.get_absolute_url(),
        facts={"bounced": relay.bounced, "recipients": relay.recipients},
    )  # fmt: skip
