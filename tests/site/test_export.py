"""An export holds everything, says what is in it, and is never written over something else."""

import hashlib
import json
import stat
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from intersession.decisions import actions as decisions
from intersession.decisions.testing import a_disposed_objection, a_voice
from intersession.journal.models import Entry
from intersession.journal.verify import verify
from intersession.lists.testing import a_list
from intersession.membership.testing import a_member
from intersession.outputs import actions as outputs
from intersession.outputs.testing import (
    DAY,
    HOUR,
    a_call_on,
    a_determined_text,
    a_draft,
    describe,
    the_editor,
)
from intersession.people.testing import NOON
from intersession.site import export

pytestmark = pytest.mark.django_db


def test_every_table_of_ours_is_in_it_or_is_left_out_with_a_reason() -> None:
    ours = {
        model._meta.label_lower
        for app in settings.ORDER
        for model in apps.get_app_config(app).get_models()
    }

    assert {model._meta.label_lower for model in export.tables()} == ours - export.LEFT_OUT
    assert ours >= export.LEFT_OUT


def test_the_manifest_tells_the_truth_about_every_file(tmp_path: Path) -> None:
    mailing_list = a_list()
    a_member(mailing_list.coalition)

    manifest = export.export(tmp_path / "out", at=NOON)

    for name, told in manifest.items():
        written = (tmp_path / "out" / name).read_bytes()
        assert (len(written), hashlib.sha256(written).hexdigest()) == (
            told["bytes"], told["sha256"],
        )  # fmt: skip
    assert manifest["tables/people.person.jsonl"]["count"] >= 2
    assert f"lists/{mailing_list.name}.mbox" in manifest
    assert json.loads((tmp_path / "out" / "manifest.json").read_text()) == manifest


def test_the_record_in_it_can_be_verified(tmp_path: Path) -> None:
    a_member(a_list().coalition)

    export.export(tmp_path / "out", at=NOON)

    with (tmp_path / "out" / "record" / "journal.jsonl").open("rb") as lines:
        report = verify(lines, [])
    assert report.problem == ""
    assert report.entries == Entry.objects.count()
    assert Entry.objects.count() > 1


def test_a_name_that_ends_in_zip_makes_a_zip_file_that_only_its_owner_reads(
    tmp_path: Path,
) -> None:
    a_list()

    manifest = export.export(tmp_path / "out.zip", at=NOON)

    with ZipFile(tmp_path / "out.zip") as file:
        assert file.testzip() is None
        assert set(file.namelist()) == {*manifest, "manifest.json"}
    assert stat.S_IMODE((tmp_path / "out.zip").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_nothing_is_written_over(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine")

    with pytest.raises(CommandError, match="there already"):
        call_command("export", "everything", str(tmp_path / name))

    assert (tmp_path / name).read_text() == "mine"


def test_the_record_alone_goes_to_the_standard_output() -> None:
    a_member(a_list().coalition)
    told = StringIO()

    call_command("export", "journal", stdout=told)

    assert len(told.getvalue().splitlines()) == Entry.objects.count()


def test_a_list_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(CommandError, match="There is no list “nobody”"):
        call_command("export", "list", "nobody")


def test_outputs_can_be_read_in_it_with_the_dissent_on_them(tmp_path: Path) -> None:
    output = a_draft()
    describe(output)
    call = a_call_on(output)
    a_voice(call, at=call.opened_at + HOUR)
    objection = a_disposed_objection(call, at=call.opened_at + DAY)
    a_determined_text(output, call=call)
    statement = decisions.file_statement(
        objection.person, call, at=call.closes_at + HOUR, text="The *rest* should come first."
    )
    later = call.closes_at + 20 * DAY
    output.refresh_from_db()
    editor = the_editor(output)
    outputs.declare_dissent_considered(editor, output, at=later, none_received=False)
    outputs.publish(editor, output, at=later + HOUR)

    manifest = export.export(tmp_path / "out", at=NOON)

    place = tmp_path / "out" / "outputs" / output.reference
    assert (place / "drafts" / "1.md").read_text() == output.versions.get(number=1).text
    for ending in ("md", "html", "txt"):
        words = (place / f"v1.{ending}").read_text()
        assert output.title in words
        assert "should come first." in words
        assert str(objection.person) in words
        assert f"outputs/{output.reference}/v1.{ending}" in manifest
    said = (tmp_path / "out" / "calls" / call.slug / "M1.md").read_text()
    assert said.startswith(f"# M1 on {call}\n\n{objection.person}\n\n{statement.text}")
