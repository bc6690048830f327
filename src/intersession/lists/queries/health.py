"""How mail to a subscriber fares, as the rules of bounces read it."""

from datetime import datetime

from django.db.models import Count, QuerySet

from intersession.lists.models import Bounce, Relay, Subscription
from intersession.lists.models import Health as Row
from intersession.lists.rules.bouncing import POINTS, Health


def health_of(subscription: Subscription) -> Health:
    """Return how mail to a subscriber fares."""
    row = Row.objects.filter(subscription=subscription).first()
    if row is None:
        return Health(stopped_at=subscription.stopped_at)
    return Health(
        int(row.score), row.scored_on, row.warned_at, row.probed_at, subscription.stopped_at,
        row.points_that_day,
    )  # fmt: skip


def scored_by(relay: Relay, *, at: datetime) -> QuerySet[Bounce]:
    """Return the bounces of a relay that counted against readers who are on the list."""
    return Bounce.objects.filter(
        relay=relay, kind__in=list(POINTS), at__lte=at, subscription__until=None
    ).select_related("subscription")


def refusals_of(relay: Relay) -> list[tuple[str, int]]:
    """Count how a relay came back, by kind."""
    found = Bounce.objects.filter(relay=relay).values_list("kind")
    return list(found.annotate(count=Count("pk")).order_by("-count", "kind"))


def words_of(relay: Relay, *, most: int = 5) -> list[str]:
    """Return what servers said most recently, without repeating, and without any address."""
    told = Bounce.objects.filter(relay=relay).exclude(words="").order_by("-pk")
    return list(dict.fromkeys(told.values_list("words", flat=True)[:200]))[:most]
