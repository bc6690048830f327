"""The entry that every act on a subscription leaves in the record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from intersession.journal.actions import record
from intersession.journal.rules import salted_digest
from intersession.lists.models import Subscription
from intersession.people.models import Person


def note(
    actor: Person | None, verb: str, subscription: Subscription, *, at: datetime,
    facts: Mapping[str, Any],
) -> None:  # fmt: skip
    """Write the entry: not public, because rosters are not; the address only as a digest."""
    mailing_list = subscription.mailing_list
    record(
        actor, verb, subscription, at=at, scope=mailing_list.coalition.slug,
        title=str(mailing_list), url=mailing_list.get_absolute_url(), facts=facts, private=True,
        digests={"address": salted_digest(subscription.address, subscription.salt)},
    )  # fmt: skip
