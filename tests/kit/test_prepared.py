import pytest
from django.db import connection, transaction
from django.db.utils import DataError, IntegrityError

from intersession.kit.prepared import each, one_of, prepared, without_waiting


@pytest.mark.django_db
def test_one_of_many_values_is_found_on_both_databases() -> None:
    is_one, values = one_of("number", [2, 3, 5])

    with prepared() as cursor:
        cursor.execute(f"SELECT number FROM (SELECT 3 AS number) AS one WHERE {is_one}", values)
        assert cursor.fetchall() == [(3,)]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_statement_is_run_for_each_row(count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE counted (number integer, word text)")

    each("INSERT INTO counted (number, word) VALUES (%s, %s)", [(n, "%s'") for n in range(count)])

    with prepared() as cursor:
        cursor.execute("SELECT number, word FROM counted ORDER BY number")
        assert cursor.fetchall() == [(n, "%s'") for n in range(count)]


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_statement_that_comes_again_is_kept_by_the_connection() -> None:
    for number in range(9):
        with prepared() as cursor:
            cursor.execute("SELECT %s + 41", [number])

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%+ 41'")
        assert cursor.fetchone() == (1,)


@pytest.mark.postgres
@pytest.mark.django_db
def test_trouble_with_a_prepared_statement_is_trouble_as_any() -> None:
    with pytest.raises(DataError), prepared() as cursor:
        cursor.execute("SELECT 1 / %s", [0])


@pytest.mark.django_db
def test_what_is_written_without_waiting_is_there_when_it_is_read() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE counted (number integer)")

    with without_waiting():
        each("INSERT INTO counted (number) VALUES (%s)", [(1,)])
        each("INSERT INTO counted (number) VALUES (%s)", [(2,), (3,)])
        with prepared() as cursor:
            cursor.execute("SELECT number FROM counted ORDER BY number")
            assert cursor.fetchall() == [(1,), (2,), (3,)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_trouble_that_nobody_waited_for_is_told_at_the_end_and_nothing_is_kept() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE counted (number integer UNIQUE)")

    with pytest.raises(IntegrityError), transaction.atomic(), without_waiting():
        each("INSERT INTO counted (number) VALUES (%s)", [(1,), (1,), (2,)])

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM counted")
        assert cursor.fetchone() == (0,)
