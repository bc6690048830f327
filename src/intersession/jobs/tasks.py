"""What the clock starts in this app."""

from datetime import timedelta

from django.tasks import task

from intersession.jobs import actions, rules
from intersession.kit import clock

KEPT = timedelta(days=30)


@task
def prune() -> int:
    """Forget tasks finished a month ago, and files made for somebody a day ago."""
    actions.forget_files(before=clock.now() - rules.KEPT)
    return actions.prune(before=clock.now() - KEPT)
