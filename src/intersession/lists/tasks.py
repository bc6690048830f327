"""What the clock starts in this app."""

from django.tasks import task

from intersession.kit import clock
from intersession.lists.actions import counting, expiring, pruning
from intersession.lists.actions.issuing import issue_digests


@task
def expire_held() -> int:
    """End the wait of held posts whose time is over."""
    return expiring.expire_due(at=clock.now())


@task
def forget_decided() -> int:
    """Forget what was decided three months ago."""
    return expiring.forget_decided(at=clock.now())


@task
def prune() -> int:
    """Throw away what the mail engine needs no more."""
    return pruning.prune(at=clock.now())


@task
def digests() -> str:
    """Make the digests whose day or week is over somewhere."""
    return str(issue_digests(at=clock.now()))


@task
def count_month() -> int:
    """Write into the record how many posts of the month before met which end."""
    return counting.count_month(at=clock.now())
