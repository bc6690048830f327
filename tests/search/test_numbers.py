"""Numbers of documents on PostgreSQL: each once, however many are of one date."""

import subprocess
import sys

import pytest

from intersession.search import actions
from intersession.search.engines.postgresql import MANY, TAILS, PostgreSQL
from intersession.search.models import Item
from intersession.search.testing import NOON, a_document

FORKED = """
import os
from intersession.search.engines.postgresql import TAILS
there, here = os.pipe()
if os.fork():
    print(TAILS.take(1), os.read(there, 20).decode())
else:
    os.write(here, str(TAILS.take(1)).encode())
"""


def test_a_hundred_thousand_documents_of_one_second_get_as_many_numbers() -> None:
    few = [NOON] * (MANY - 1)

    numbers = [number for _ in range(2_100) for number in PostgreSQL().allocate(few)]

    assert len(set(numbers)) == len(numbers) > 100_000
    assert min(numbers) >= PostgreSQL().first_number(NOON)
    assert max(numbers) < PostgreSQL().first_number(NOON.replace(second=1))


def test_a_fork_does_not_go_on_where_its_parent_was() -> None:
    said = subprocess.run(
        [sys.executable, "-c", FORKED], check=True, capture_output=True, text=True
    )

    mine, theirs = said.stdout.split()
    assert mine != theirs


@pytest.mark.postgres
@pytest.mark.django_db
def test_many_pass_by_the_numbers_that_another_process_gave() -> None:
    actions.put([a_document(at=NOON) for _ in range(2 * MANY)])
    taken = set(Item.objects.values_list("pk", flat=True))
    TAILS._next = min(taken) - PostgreSQL().first_number(NOON)

    numbers = PostgreSQL().allocate([NOON] * MANY)

    assert not taken & set(numbers)
