"""The command line of imports."""

import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from intersession.journal.models import Entry
from intersession.lists.models import Message
from intersession.lists.testing import a_list
from tests.lists.mail import mail, mbox

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("import-archive", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def archive(tmp_path: Path) -> str:
    path = tmp_path / "talk.mbox"
    path.write_bytes(mbox(mail("a@x"), mail("a@x"), b"", mail("b@x")))
    return str(path)


def test_json_ends_with_one_line_of_counts_and_the_reasons_of_refusals(archive: str) -> None:
    told = json.loads(run(a_list().name, archive, "--json").splitlines()[-1])

    assert [told[name] for name in ("read", "stored", "duplicates", "refused")] == [4, 2, 1, 1]
    assert told["reasons"][0]["number"] == 3
    assert told["reasons"][0]["reason"] == "It is empty."


def test_words_name_what_was_refused_and_end_with_the_counts(archive: str) -> None:
    lines = run(a_list().name, archive).splitlines()

    assert lines[0].startswith("Refused: number 3 (talk.mbox:")
    assert lines[-1] == "4 read: 2 stored, 1 duplicates, 1 refused."


def test_a_dry_run_counts_the_same_and_stores_nothing(archive: str) -> None:
    mailing_list = a_list()
    entries = Entry.objects.count()

    told = json.loads(run(mailing_list.name, archive, "--json", "--dry-run"))

    assert [told[name] for name in ("read", "stored", "duplicates", "refused")] == [4, 2, 1, 1]
    assert not Message.objects.exists()
    assert Entry.objects.count() == entries


def test_an_unknown_list_is_answered_with_those_there_are(archive: str) -> None:
    name = a_list().name

    with pytest.raises(CommandError, match=f"There is no list “none”. There are: {name}."):
        run("none", archive)


def test_what_is_no_mailbox_is_answered_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("Dear all, this is no mailbox.")

    with pytest.raises(CommandError, match=r"“words\.txt” is no mailbox"):
        run(a_list().name, str(path))
    with pytest.raises(CommandError, match="does not exist"):
        run(a_list().name, str(tmp_path / "none"))


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_an_archive_that_breaks_off_is_taken_as_far_as_it_goes_and_ends_in_words(
    tmp_path: Path, more: list[str]
) -> None:
    path = tmp_path / "talk.mbox.gz"
    path.write_bytes(gzip.compress(mbox(*(mail(f"{n}@x", f"{n} words") for n in range(20))))[:-40])
    out = StringIO()

    with pytest.raises(CommandError, match="The archive breaks off") as ended:
        call_command("import-archive", a_list().name, str(path), "--json", *more, stdout=out)

    told = json.loads(out.getvalue().splitlines()[-1])
    assert ended.value.returncode == 4
    assert told["refused"] == 1
    assert told["stored"] == told["read"] - 1 > 10
    assert Message.objects.count() == (0 if more else told["stored"])
