"""What follows when a person changes their name: work for the queue, since it may be much."""

from intersession.decisions.tasks import name_anew
from intersession.jobs.actions import enqueue
from intersession.people.events import PersonRenamed


def name_anew_in_search(fact: PersonRenamed) -> None:
    """Ask for the documents that name the person to be named anew."""
    enqueue(name_anew, fact.person_id, at=fact.at)
