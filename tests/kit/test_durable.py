"""Commits that need not wait for the disk."""

import pytest
from django.db import connection, transaction

from intersession.kit.durable import unhurried

FULL, NORMAL = 2, 1


def _synchronous() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return cursor.fetchone()[0]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_commit_waits_for_the_disk_but_where_it_is_unhurried() -> None:
    before = _synchronous()
    with unhurried():
        within = _synchronous()
    assert (before, within, _synchronous()) == (FULL, NORMAL, FULL)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_commit_waits_again_after_trouble() -> None:
    with pytest.raises(LookupError), unhurried():
        raise LookupError
    assert _synchronous() == FULL


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_has_begun_stays_as_durable_as_it_was() -> None:
    with transaction.atomic(), unhurried():
        assert _synchronous() == FULL
