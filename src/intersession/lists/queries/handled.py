"""What became of the posts to a list, in numbers and never by name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.db.models.functions import TruncMonth

from intersession.kit.composed import Composed
from intersession.lists.models import Arrival, Held, MailingList
from intersession.lists.states import HeldState, Outcome


@dataclass(frozen=True, slots=True)
class Handled:
    """
    How many posts of a month met which end. `came` is N: all that were taken in.

    Of those that came: `at_once` went out, `held` waited for a moderator, `asked` for their author,
    `kept_out` came from robots, went in a circle or could not be read. The rest is what was decided
    in the month, also about posts that came before it.
    """

    first_day: date
    at_once: int = 0
    held: int = 0
    asked: int = 0
    kept_out: int = 0
    approved: int = 0
    confirmed: int = 0
    rejected: int = 0
    discarded: int = 0
    expired: int = 0

    @property
    def came(self) -> int:
        """All that were taken in."""
        return self.at_once + self.held + self.asked + self.kept_out

    @property
    def went_out(self) -> int:
        """All that went out: at once, approved, or confirmed by their author."""
        return self.at_once + self.approved + self.confirmed

    def counts(self) -> tuple[int, ...]:
        """Return all counts, to tell whether anything changed."""
        return (
            self.at_once, self.held, self.asked, self.kept_out, self.approved, self.confirmed,
            self.rejected, self.discarded, self.expired,
        )  # fmt: skip


CAME = {
    Outcome.ARCHIVED: "at_once",
    Outcome.HELD: "held",
    Outcome.CONFIRM: "asked",
    Outcome.DROPPED: "kept_out",
    Outcome.UNREADABLE: "kept_out",
}
DECIDED = {
    HeldState.APPROVED: "approved",
    HeldState.REJECTED: "rejected",
    HeldState.DISCARDED: "discarded",
    HeldState.EXPIRED: "expired",
}
OWN = ExpressionWrapper(Q(decided_by=None), BooleanField())
"""Whether nobody decided about a post: its author confirmed it, or its time ran out."""


def month_of(at: datetime) -> datetime:
    """Return the first moment of a month, in UTC."""
    return datetime(at.year, at.month, 1, tzinfo=UTC)


def handled_since(mailing_list: MailingList, since: datetime, until: datetime) -> Sequence[Handled]:
    """Count what became of posts in each month between two moments, newest first."""
    found: dict[date, Counter[str]] = {}
    came = Arrival.objects.filter(mailing_list=mailing_list, at__gte=since, at__lt=until)
    for month, outcome, count in (
        came.annotate(month=TruncMonth("at", tzinfo=UTC))
        .values_list("month", "outcome")
        .annotate(count=Count("pk"))
        .order_by()
    ):
        if name := CAME.get(Outcome(outcome)):
            found.setdefault(month.date(), Counter())[name] += count
    decided = Held.objects.filter(
        mailing_list=mailing_list, decided_at__gte=since, decided_at__lt=until
    )
    for month, state, by, count in (
        decided.annotate(month=TruncMonth("decided_at", tzinfo=UTC), own=OWN)
        .values_list("month", "state", "own")
        .annotate(count=Count("pk"))
        .order_by()
    ):
        name = DECIDED[HeldState(state)]
        is_own = name == "approved" and by
        found.setdefault(month.date(), Counter())["confirmed" if is_own else name] += count
    return [Handled(first, **found[first]) for first in sorted(found, reverse=True)]


CAME_SINCE: Composed[tuple[str, int]] = Composed(
    lambda mailing_list, since, until: (
        Arrival.objects.filter(mailing_list=mailing_list, at__gte=since, at__lt=until)
        .values_list("outcome")
        .annotate(count=Count("pk"))
        .order_by()
    )
)
DECIDED_SINCE: Composed[tuple[str, bool, int]] = Composed(
    lambda mailing_list, since, until: (
        Held.objects.filter(mailing_list=mailing_list, decided_at__gte=since, decided_at__lt=until)
        .annotate(own=OWN)
        .values_list("state", "own")
        .annotate(count=Count("pk"))
        .order_by()
    )
)


def this_month(mailing_list: MailingList, *, at: datetime) -> Handled:
    """Count what became of posts since the month began, for the page that is read most."""
    span = {"mailing_list": mailing_list.pk, "since": month_of(at), "until": at}
    counted: Counter[str] = Counter()
    for outcome, count in CAME_SINCE(**span):
        if name := CAME.get(Outcome(outcome)):
            counted[name] += count
    for state, is_own, count in DECIDED_SINCE(**span):
        name = DECIDED[HeldState(state)]
        counted["confirmed" if name == "approved" and is_own else name] += count
    return Handled(month_of(at).date(), **counted)
