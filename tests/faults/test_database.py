"""The database is gone, or its disk is full: the sender comes again, and then it is in."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from string import ascii_letters

import pytest

from intersession.journal.models import Entry
from intersession.lists.models import MailingList, Message
from intersession.lists.testing import a_list
from tests.faults.house import House, a_house, a_post, readers, until

pytestmark = pytest.mark.django_db(transaction=True)


def taken_in_the_end(house: House, talk: MailingList, raw: bytes) -> None:
    """Come again, as mail servers do, until a post is taken."""
    until(lambda: house.posted(raw, talk.address) == [250], "it is never taken")


def words(seed: int) -> str:
    """Write what cannot be made small: a page of letters by chance, the same for the same seed."""
    letters = Random(seed).choices(ascii_letters, k=40_000)
    return "\n".join("".join(letters[n : n + 70]) for n in range(0, len(letters), 70))


@contextmanager
def a_full_disk(house: House, pid: int) -> Iterator[None]:
    """Let no file grow: of the process that writes to SQLite, or of the PostgreSQL server."""
    if house.server is not None:
        house.server.have_a_full_disk(full=True)
        yield
        house.server.have_a_full_disk(full=False)
        return
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def numbers() -> list[int]:
    return list(Message.objects.order_by("number").values_list("number", flat=True))


def test_while_the_database_is_gone_posts_are_put_off_and_later_kept(tmp_path: Path) -> None:
    talk = a_list()
    members = readers(talk, 5)
    with a_house(tmp_path, own_database=True) as house:
        come_back = without_database(house, tmp_path)
        house.listener()
        house.worker()
        codes = [house.posted(a_post(talk, number), talk.address) for number in (1, 2)]
        come_back()
        for number in (1, 2):
            taken_in_the_end(house, talk, a_post(talk, number))
        until(lambda: len(house.sink.times()) == 2 * len(members), "copies did not go out")

    assert codes == [[451], [451]]
    assert set(house.sink.times().values()) == {1}


def without_database(house: House, folder: Path) -> Callable[[], None]:
    """Take the database away from processes that will start, and return what brings it back."""
    if house.server is not None:
        house.server.stop()
        return house.server.start
    kept, late = folder / "shared.sqlite3", folder / "late.sqlite3"
    house.database = f"sqlite:///{late}"

    def come_back() -> None:
        with closing(sqlite3.connect(kept)) as here, closing(sqlite3.connect(late)) as there:
            here.backup(there)

    return come_back


@pytest.mark.sqlite
def test_while_the_disk_is_full_posts_are_put_off_and_later_kept(tmp_path: Path) -> None:
    talk = a_list()
    members = readers(talk, 5)
    with a_house(tmp_path, own_database=True) as house:
        listener = house.listener()
        assert house.posted(a_post(talk, 1), talk.address) == [250]
        with a_full_disk(house, listener.pid):
            for number in range(2, 6):
                assert house.posted(a_post(talk, number, words(number)), talk.address) == [451]
        for number in range(2, 6):
            taken_in_the_end(house, talk, a_post(talk, number, words(number)))

        house.worker()
        until(lambda: len(house.sink.times()) == 5 * len(members), "copies did not go out")
        assert numbers() == [1, 2, 3, 4, 5]
        assert Entry.objects.filter(verb="lists.archive").count() == 5


@pytest.mark.sqlite
def test_while_the_disk_is_full_copies_wait_and_go_out_later(tmp_path: Path) -> None:
    talk = a_list()
    members = readers(talk, 40)
    with a_house(tmp_path, own_database=True) as house:
        house.listener()
        for number in range(3):
            assert house.posted(a_post(talk, number), talk.address) == [250]
        worker = house.worker()
        until(lambda: len(house.sink.taken) > 0, "nothing moves")
        with a_full_disk(house, worker.pid):
            until(lambda: house.sink.is_quiet(1), "copies go out without a mark")
            assert len(house.sink.times()) < 3 * len(members)
        until(lambda: len(house.sink.times()) == 3 * len(members), "copies did not go out")
        assert worker.poll() is None
