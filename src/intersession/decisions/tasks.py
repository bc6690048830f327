"""What the queue starts in this app."""

from django.tasks import task

from intersession.decisions import actions


@task
def name_anew(person_id: int) -> int:
    """Let the search find calls and statements under a person's present name."""
    return actions.name_anew(person_id)
