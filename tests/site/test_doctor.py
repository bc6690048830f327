"""The doctor says what is well, what is odd and what is wrong, and its exit code says it too."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from intersession.outbox import actions as outbox
from intersession.people.testing import NOON
from intersession.site import doctor
from intersession.site.doctor import BAD, GOOD, ODD, Finding

pytestmark = pytest.mark.django_db


def look(at: Callable[..., Iterator[Finding]]) -> dict[str, str]:
    return {finding.words: finding.level for finding in at(NOON)}


def test_an_instance_in_order_is_well() -> None:
    findings = doctor.examine(at=NOON)

    assert {finding.area for finding in findings} == {
        "configuration", "database", "mail", "storage", "work",
    }  # fmt: skip
    assert [finding for finding in findings if finding.level == BAD] == []


def test_the_demo_setting_is_refused_where_others_can_reach_it(settings: Any) -> None:
    settings.DEMO, settings.SITE_URL = True, "https://intersession.example.org"

    assert BAD in look(doctor.configuration).values()


@pytest.mark.parametrize(
    ("site", "named", "level", "word"),
    [
        ("http://127.0.0.1:8000", [], GOOD, "No proxy is trusted"),
        ("https://intersession.example.org", [], ODD, "No proxy is named"),
        ("https://intersession.example.org", ["2"], GOOD, "behind proxies: 2 in a row"),
        ("https://intersession.example.org", ["10.0.0.0/8"], GOOD, "proxies: 10.0.0.0/8"),
    ],
)
def test_whose_word_on_addresses_counts_is_told(
    settings: Any, site: str, named: list[str], level: str, word: str
) -> None:
    settings.SITE_URL, settings.TRUSTED_PROXIES = site, named

    ((words, found),) = look(doctor.proxies).items()

    assert found == level
    assert word in words


def test_a_database_that_does_not_answer_is_wrong_and_ends_the_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> None:
        raise DatabaseError("nobody there")

    monkeypatch.setattr(connection, "ensure_connection", fail)

    assert look(doctor.database) == {"The database does not answer: nobody there": BAD}
    assert "work" not in {finding.area for finding in doctor.examine(at=NOON)}


def test_a_database_that_is_behind_is_wrong() -> None:
    recorder = MigrationRecorder(connection)
    last = max(name for app, name in recorder.applied_migrations() if app == "lists")
    recorder.record_unapplied("lists", last)

    assert look(doctor.database)["The database is not up to date."] == BAD


def test_a_mail_server_that_does_not_answer_is_wrong(settings: Any) -> None:
    settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", 1

    assert list(look(doctor.mail).values()) == [BAD]


def test_letters_that_wait_too_long_are_told(settings: Any) -> None:
    settings.MAIL_HOST = "127.0.0.1"
    words = {"code": "1", "link": "", "minutes": 15}
    outbox.write(
        "people.code", "a@example.org", words, at=NOON - timedelta(hours=1), reason="You asked."
    )

    assert look(doctor.waiting)["1 letters have waited longer than they should."] == BAD


def test_a_secret_that_others_may_read_is_wrong(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "secret-key").write_text("x")
    (tmp_path / "secret-key").chmod(0o644)

    assert look(doctor.storage)[f"Others may read {tmp_path / 'secret-key'}."] == BAD


def test_little_space_is_odd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LOW_SPACE", 10**18)

    assert list(look(doctor.storage).values()) == [ODD]


def test_the_command_tells_a_script_by_json_and_by_exit_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = StringIO()
    monkeypatch.setattr(doctor, "LOOKS", (lambda at: iter([Finding("mail", BAD, "No.")]),))

    with pytest.raises(SystemExit) as end:
        call_command("doctor", json=True, stdout=told)

    assert end.value.code == 1
    assert json.loads(told.getvalue()) == {
        "well": False,
        "findings": [{"area": "mail", "level": BAD, "words": "No.", "remedy": ""}],
    }


def test_the_command_says_each_finding_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    told = StringIO()
    findings = [Finding("mail", ODD, "No server.", "Name one."), Finding("storage", GOOD, "Room.")]
    monkeypatch.setattr(doctor, "LOOKS", (lambda at: iter(findings),))

    call_command("doctor", stdout=told)

    assert told.getvalue() == "! mail: No server.\n    Name one.\n✓ storage: Room.\n"
