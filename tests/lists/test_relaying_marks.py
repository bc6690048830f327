"""Marks that did not wait for the disk are written again where the database lost them."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.db import connection

from intersession.lists.actions import relaying
from intersession.lists.models import Parcel
from intersession.lists.testing import a_list
from intersession.people.testing import NOON
from tests.faults.postgres import own_postgres
from tests.lists.test_relaying import a_post, subscribers
from tests.processes import shared_database

pytestmark = pytest.mark.django_db


def a_parcel(size: int) -> tuple[Parcel, Sequence[int]]:
    mailing_list = a_list()
    numbers = [one.pk for one in subscribers(mailing_list, size)]
    relay = relaying.relay(a_post(mailing_list), at=NOON)
    Parcel.objects.all().delete()
    return Parcel.objects.create(
        relay=relay, first=0, last=numbers[-1], left=size, due_at=NOON, worker="one"
    ), numbers


def done(parcel: Parcel) -> tuple[list[int], int]:
    parcel.refresh_from_db()
    return [int(number) for number in parcel.done.split(",") if number], parcel.left


def copied(parcel: Parcel, numbers: Sequence[int]) -> list[relaying.Copied]:
    return [relaying.Copied(parcel.pk, number) for number in numbers]


def test_what_a_database_lost_is_marked_again_and_what_it_kept_is_not() -> None:
    parcel, numbers = a_parcel(5)
    marks = relaying.Marks("one")
    marks.write(copied(parcel, numbers[:1]), at=NOON)
    marks.write(copied(parcel, numbers[1:3]), at=NOON)
    Parcel.objects.update(done=f"{numbers[0]},", left=4)

    marks.again()

    assert done(parcel) == ([*numbers[:3]], 2)
    marks.again()
    assert done(parcel) == ([*numbers[:3]], 2)


def test_what_was_on_the_disk_is_not_asked_for_again() -> None:
    parcel, numbers = a_parcel(3)
    other = Parcel.objects.create(
        relay=parcel.relay, first=0, last=0, left=1, due_at=NOON, worker="one"
    )
    marks = relaying.Marks("one")
    marks.write(copied(parcel, numbers[:1]), at=NOON)
    marks.write(copied(other, [numbers[1]]), [other.pk], at=NOON)
    Parcel.objects.filter(pk=parcel.pk).update(done="")

    marks.again()

    assert done(parcel)[0] == []


def test_a_parcel_that_has_ended_gets_no_marks() -> None:
    parcel, numbers = a_parcel(2)
    marks = relaying.Marks("one")
    marks.write(copied(parcel, numbers[:1]), at=NOON)
    Parcel.objects.update(done="", left=0, done_at=NOON)

    marks.again()

    assert done(parcel) == ([], 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_postgresql_that_is_killed_at_once_has_all_marks_afterwards(
    tmp_path: Path,
) -> None:
    parcel, numbers = a_parcel(40)
    marks = relaying.Marks("one")
    with shared_database(tmp_path) as address, own_postgres(address) as server:
        for number in numbers[:30]:
            marks.write(copied(parcel, [number]), at=NOON)
        server.kill()
        connection.close()

        marks.again()

        assert done(parcel) == (list(numbers[:30]), 10)
