"""The command that makes the words of the index anew."""

from io import StringIO

import pytest
from django.core.management import call_command

from intersession.search import actions, queries
from intersession.search.testing import a_document


@pytest.mark.django_db
def test_everything_is_found_again_after_the_words_were_made_anew() -> None:
    actions.put([a_document(body="networks"), a_document(body="network")])
    out = StringIO()

    call_command("rebuild-search", stdout=out)

    assert out.getvalue() == "2 documents can be found again.\n"
    assert queries.find("networks").count == 2
