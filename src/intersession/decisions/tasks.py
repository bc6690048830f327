"""What the clock and the queue start in this app."""

from django.tasks import task

from intersession.decisions import actions
from intersession.kit import clock


@task
def name_anew(person_id: int) -> int:
    """Let the search find calls and statements under a person's present name."""
    return actions.name_anew(person_id)


@task
def attend_lists() -> int:
    """Announce calls on their lists, and look for positions among the answers there."""
    return actions.attend_lists(at=clock.now())
