"""Every real archive that lies beside the project: parsed + reported = present."""

from pathlib import Path

import pytest

from intersession.lists import actions
from intersession.lists.models import Message, Thread
from intersession.lists.testing import a_list
from tests.lists.mail import LATEST
from tests.shared_data import shared

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "present", "duplicates"),
    [
        ("usrp-users-sample.mbox.gz", 2500, 1),
        ("pipermail/r-announce--1997.txt", 20, 0),
        ("pipermail/r-announce--2013.txt", 9, 0),
        ("pipermail/r-package-devel--2016q1.txt", 149, 0),
        ("pipermail", 178, 0),
    ],
)
def test_no_message_of_a_real_archive_is_lost(name: str, present: int, duplicates: int) -> None:
    mailing_list = a_list()

    account = actions.import_archive(
        mailing_list, actions.source_at(shared("data/mail") / name), at=LATEST
    )

    assert account.read == present
    assert account.duplicates == duplicates
    assert account.stored + account.duplicates + len(account.refused) == present
    assert Message.objects.filter(mailing_list=mailing_list).count() == account.stored
    assert sum(Thread.objects.values_list("count", flat=True)) == account.stored


@pytest.mark.parametrize("folder", ["hyperkitty", "jsmime", "mime4j"])
def test_every_file_of_the_torture_is_stored_or_named(folder: str) -> None:
    place = shared("data/mail/messages") / folder
    files = sum(1 for path in Path(place).rglob("*") if path.is_file())

    account = actions.import_archive(a_list(), actions.source_at(place), at=LATEST)

    assert account.read >= files
    assert account.stored + account.duplicates + len(account.refused) == account.read
    assert all(one.reason for one in account.refused)


def test_real_threads_are_not_all_of_one(tmp_path: Path) -> None:
    mailing_list = a_list()
    place = shared("data/mail") / "pipermail/r-package-devel--2016q1.txt"

    actions.import_archive(mailing_list, actions.source_at(place), at=LATEST)

    threads = Thread.objects.filter(mailing_list=mailing_list)
    assert 20 < threads.count() < 100
    assert max(threads.values_list("count", flat=True)) > 5
    assert not Message.objects.filter(name__regex=r" at \w+\.").exists()
