"""What the search finds under the name of a person, after the person changed it."""

from django.db import transaction

from intersession.decisions import queries
from intersession.search import actions as search


@transaction.atomic
def name_anew(person_id: int) -> int:
    """
    Put the person's present name on the calls and statements that name them; return how many.

    A bulk path of the platform's own, without an entry: nothing was said or decided.
    """
    return search.name_anew(queries.names_by_document(person_id))
