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


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_postgresql_answers_an_unhurried_statement_before_it_is_on_the_disk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = 'on'")  # the tests' server waits for no disk
        cursor.execute("CREATE TABLE unhurried (n integer)")
    try:
        assert sum(_is_synced(hurried=True) for _ in range(20)) == 20
        assert sum(_is_synced(hurried=False) for _ in range(20)) < 20
        assert _is_synced(hurried=True)  # and is as usual again
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE unhurried")
            cursor.execute("RESET synchronous_commit")


def _is_synced(*, hurried: bool) -> bool:
    """Write a row; tell whether the log was on the disk as far as it was written."""
    with connection.cursor() as cursor:
        if hurried:
            cursor.execute("INSERT INTO unhurried SELECT 1")
        else:
            with unhurried() as how:
                cursor.execute(f"INSERT INTO unhurried SELECT 1 FROM (SELECT 1) one{how}")
        cursor.execute("SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()")
        return cursor.fetchone()[0]
