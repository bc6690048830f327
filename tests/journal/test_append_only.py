from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from intersession.journal.actions import record
from intersession.journal.models import Entry, Head
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db

REFUSED = "append-only"


def an_entry() -> Entry:
    return record(a_person(), "tests.act", Head(pk=1), at=NOON)


def run(sql: str) -> Callable[[], Any]:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return act


@pytest.mark.parametrize(
    "act",
    [
        lambda: Entry.objects.update(title="Other"),
        lambda: Entry.objects.filter(number=1).delete(),
        lambda: Entry.objects.all()._raw_delete(Entry.objects.db),
        run("UPDATE journal_entry SET hash = 'x'"),
        run("DELETE FROM journal_entry"),
        run("DELETE FROM journal_head"),
        run("UPDATE journal_head SET count = 0"),
    ],
)
def test_the_database_refuses_to_change_or_remove_what_is_recorded(act: Callable[[], Any]) -> None:
    entry = an_entry()

    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        act()

    assert Entry.objects.get().hash == entry.hash
    assert Head.objects.get().count == 1


SIDE_DOORS = {
    "sqlite": ["REPLACE INTO journal_entry SELECT * FROM journal_entry"],
    "postgresql": [
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE journal_entry",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE journal_head",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE people_person CASCADE",
    ],
}


@pytest.mark.parametrize("sql", SIDE_DOORS[connection.vendor])
def test_no_side_door_of_this_database_leads_into_the_record(sql: str) -> None:
    an_entry()

    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        run(sql)()


@pytest.mark.django_db(transaction=True)
def test_the_runner_starts_each_test_on_an_empty_record_that_is_still_guarded() -> None:
    entry = an_entry()

    assert entry.number == 1
    with pytest.raises(IntegrityError, match=REFUSED):
        Entry.objects.update(title="Other")
