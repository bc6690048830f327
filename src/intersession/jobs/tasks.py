"""What the clock starts in this app."""

from datetime import timedelta

from django.tasks import task

from intersession.jobs import actions
from intersession.kit import clock

KEPT = timedelta(days=30)


@task
def prune() -> int:
    """Forget tasks finished a month ago."""
    return actions.prune(before=clock.now() - KEPT)
