"""What the clock starts in this app."""

from django.tasks import task

from intersession.journal import actions
from intersession.kit import clock


@task
def checkpoint() -> str:
    """Take the checkpoint of the day."""
    return str(actions.checkpoint(at=clock.now()))
