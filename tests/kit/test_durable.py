"""Commits that need not wait for the disk."""

from pathlib import Path

import pytest
from django.db import connection, transaction

from intersession.kit.durable import unhurried
from tests.faults.postgres import own_postgres
from tests.processes import shared_database

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
def test_postgresql_answers_an_unhurried_statement_before_it_is_on_the_disk(
    tmp_path: Path,
) -> None:
    with shared_database(tmp_path) as address, own_postgres(address), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE unhurried (n integer)")
        synced = [sum(_is_synced(hurried=how) for _ in range(20)) for how in (True, False, True)]

    # That server writes a little on its own, and syncs its log five times a second.
    assert (synced[0] > 15, synced[1] < 10, synced[2] > 15) == (True, True, True), synced


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
