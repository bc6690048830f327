from pathlib import Path

import pytest

from intersession.journal.models import Entry
from intersession.lists import actions
from intersession.lists.models import ImportRun, MailingList, Message, Thread
from intersession.lists.testing import a_list
from tests.lists.mail import LATEST, mail, mbox

pytestmark = pytest.mark.django_db


def taken(mailing_list: MailingList, path: Path, octets: bytes) -> actions.Account:
    path.write_bytes(octets)
    return actions.import_archive(mailing_list, actions.source_at(path), at=LATEST)


def test_an_archive_becomes_messages_in_threads(tmp_path: Path) -> None:
    mailing_list = a_list()
    letters = [mail("a@x"), mail("b@x", answers="a@x", day=2), mail("c@x", "Else.", subject="New")]

    account = taken(mailing_list, tmp_path / "some.mbox", mbox(*letters))

    assert (account.read, account.stored, account.duplicates) == (3, 3, 0)
    threads = Thread.objects.filter(mailing_list=mailing_list).order_by("subject")
    assert [(t.subject, t.count, t.participants) for t in threads] == [
        ("New", 1, 1),
        ("Talk", 2, 1),
    ]
    answer = Message.objects.get(message_id="b@x")
    assert answer.parent is not None
    assert answer.parent.message_id == "a@x"


def test_an_import_is_one_entry_with_its_counts_and_the_digest_of_its_hashes(
    tmp_path: Path,
) -> None:
    taken(a_list(), tmp_path / "some.mbox", mbox(mail("a@x"), mail("a@x")))

    entry = Entry.objects.latest("number")
    assert entry.verb == "lists.import_archive"
    assert entry.facts["read"] == 2
    assert entry.facts["duplicates"] == 1
    assert entry.facts["digest"] == ImportRun.objects.get().digest


def test_the_same_archive_twice_adds_nothing(tmp_path: Path) -> None:
    mailing_list = a_list()
    taken(mailing_list, tmp_path / "some.mbox", mbox(mail("a@x"), mail("b@x")))

    account = taken(mailing_list, tmp_path / "some.mbox", mbox(mail("a@x"), mail("b@x")))

    assert (account.read, account.stored, account.duplicates) == (2, 0, 2)


def test_another_message_under_a_used_id_is_kept_as_an_imposter(tmp_path: Path) -> None:
    mailing_list = a_list()

    taken(mailing_list, tmp_path / "some.mbox", mbox(mail("a@x", "One."), mail("a@x", "Two.")))

    kept = Message.objects.filter(mailing_list=mailing_list).order_by("number")
    assert [(m.message_id, m.is_imposter) for m in kept] == [("a@x", False), ("a@x", True)]
    assert len({m.permalink for m in kept}) == 2
