"""`intersession mail key`: made once, for its owner's eyes, with a record to paste."""

import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from intersession.lists.formats.signing import dns_record
from intersession.lists.testing import a_list
from intersession.site import doctor
from intersession.site.doctor import BAD, GOOD, ODD
from intersession.site.post import keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    settings.DKIM_KEY = tmp_path / "dkim.pem"
    return tmp_path / "dkim.pem"


def said(*words: str) -> str:
    told = StringIO()
    call_command("mail", "key", *words, stdout=told)
    return told.getvalue()


def test_a_key_is_made_for_its_owner_alone_and_its_record_printed(place: Path) -> None:
    a_list()

    told = said()

    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert "intersession._domainkey.lists.example.org. IN TXT" in told
    pieces = told.partition("( ")[2].partition(" )")[0].split('"')[1::2]
    assert "".join(pieces) == dns_record(place.read_text())
    assert max(map(len, pieces)) <= 255


def test_a_key_that_is_there_is_not_written_over_by_mistake(place: Path) -> None:
    said()
    first = place.read_text()

    with pytest.raises(CommandError, match="is a key at"):
        said()
    assert place.read_text() == first
    assert [path.name for path in place.parent.iterdir()] == [place.name]

    said("--force")
    assert place.read_text() != first
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_the_record_of_a_key_can_be_shown_again(place: Path) -> None:
    with pytest.raises(CommandError, match="no key"):
        said("--show")
    said()

    assert keys.line("lists.example.org", dns_record(place.read_text())) in (
        said("--show").replace("localhost", "lists.example.org")
    )


def test_the_doctor_says_how_the_key_is(place: Path) -> None:
    def level() -> str:
        return doctor._key(place).level

    assert level() == ODD
    said()
    assert level() == GOOD
    place.chmod(0o644)
    assert level() == BAD


def test_the_doctor_greets_the_listener_it_is_told_of() -> None:
    from tests.lists.test_courier import a_server  # noqa: F401
    from tests.outbox.mailserver import free_port, mail_server

    with mail_server() as server:
        assert doctor._listener(f"127.0.0.1:{server.port}").level == GOOD
    assert doctor._listener(f"127.0.0.1:{free_port()}").level == BAD
    assert doctor._listener("nowhere").level == BAD
