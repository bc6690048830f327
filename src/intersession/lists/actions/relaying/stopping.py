"""A relay stopped on its way, and let go on."""

from datetime import UTC, datetime

from django.db import transaction

from intersession.lists.models import Parcel, Relay
from intersession.lists.states import RELAY, RelayState

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When a parcel of a paused relay is due."""


@transaction.atomic
def pause(relay: Relay, *, at: datetime) -> None:
    """Let no further copy leave: too many of a post's recipients refuse it."""
    _change("pause", relay)
    Parcel.objects.filter(relay=relay, done_at=None).update(due_at=NEVER)


@transaction.atomic
def resume(relay: Relay, *, at: datetime) -> None:
    """Go on where it was paused."""
    _change("resume", relay)
    if not Parcel.objects.filter(relay=relay, done_at=None).update(due_at=at):
        _change("finish", relay)


@transaction.atomic
def stop(relay: Relay, *, at: datetime) -> None:
    """Let the copies that have not left never leave."""
    _change("stop", relay)
    Parcel.objects.filter(relay=relay, done_at=None).update(done_at=at, worker="")


def _change(verb: str, relay: Relay) -> None:
    """Move a relay on from where it is now: two may have read it before one of them changed it."""
    there = Relay.objects.select_for_update(no_key=True).get(pk=relay.pk)
    relay.state = RELAY.after(verb, RelayState(there.state))
    relay.save(update_fields=["state"])
