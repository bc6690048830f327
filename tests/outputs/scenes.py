"""Drafts at the present moment, for tests of pages."""

from typing import Any

from django.test import Client

from intersession.coalitions.testing import a_coalition
from intersession.kit import clock
from intersession.outputs.models import CommentRound, Output
from intersession.outputs.testing import DAY, a_draft, an_open_round
from intersession.people.models import Person


def an_old_draft(**given: Any) -> Output:
    """Start a draft forty days ago."""
    coalition = a_coalition(comment_rounds=1)
    return a_draft(coalition, at=clock.now() - 40 * DAY, **given)


def a_running_round(output: Output | None = None) -> CommentRound:
    """Open a draft to comments yesterday."""
    return an_open_round(output or an_old_draft(), at=clock.now() - DAY)


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client
