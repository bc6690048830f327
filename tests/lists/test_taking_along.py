"""What is large is handed out so often an hour (checklist 28)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from intersession.kit import clock
from intersession.lists.rules import limits
from intersession.lists.rules.limits import DOWNLOADS, Download, allows_download
from intersession.lists.testing import a_list
from intersession.people.testing import NOON, a_person_who_consented
from tests.lists.archive import archived
from tests.lists.mail import mail

FORMS = ("archive.mbox", "archive-maildir.zip", "archive.jsonl", "archive-pages.zip")
ROOM = {"REMOTE_ADDR": "192.0.2.1"}
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.1"}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that a test reaches, in an hour that does not end meanwhile."""
    monkeypatch.setattr(limits, "DOWNLOADS", {Download.WHOLE: 2, Download.THREAD: 1})
    at: list[datetime] = [NOON + timedelta(minutes=18)]
    monkeypatch.setattr(clock, "now", lambda: at[0])


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_whole_archives_are_taken_so_often_an_hour_from_one_network_in_any_form() -> None:
    talk = a_list()

    first = [Client(**ROOM).get(f"/lists/{talk.name}/{form}").status_code for form in FORMS[:3]]
    later = Client(**ROOM).get(f"/lists/{talk.name}/archive-pages.zip")

    assert first == [200, 200, 429]
    assert later.status_code == 429
    assert later["Retry-After"] == str(42 * 60)
    assert "In 42 minutes you can go on." in later.content.decode()
    assert Client(**ELSEWHERE).get(f"/lists/{talk.name}/archive.mbox").status_code == 200
    assert Client(**ROOM).head(f"/lists/{talk.name}/archive.mbox").status_code == 200
    assert Client(**ROOM).get(f"/lists/{talk.name}/").status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_who_is_signed_in_has_a_count_of_their_own() -> None:
    talk = a_list()
    ada, bo = (a_person_who_consented() for _ in range(2))

    def taken(person: Any) -> int:
        client = Client(**ROOM)
        client.force_login(person)
        return client.get(f"/lists/{talk.name}/archive.mbox").status_code

    assert [taken(ada), taken(ada), taken(ada), taken(bo)] == [200, 200, 429, 200]


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_threads_are_counted_apart() -> None:
    talk = a_list()
    archived(talk, [mail("a@x.example", "Good day.")])
    thread = talk.threads.get().get_absolute_url()

    found = [Client(**ROOM).get(f"{thread}thread.mbox").status_code for _ in range(2)]

    assert found == [200, 429]
    assert Client(**ROOM).get(f"/lists/{talk.name}/archive.mbox").status_code == 200


@pytest.mark.django_db
def test_the_next_hour_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DOWNLOADS", {Download.WHOLE: 1, Download.THREAD: 1})
    talk = a_list()

    def taken(at: datetime) -> int:
        monkeypatch.setattr(clock, "now", lambda: at)
        return Client(**ROOM).get(f"/lists/{talk.name}/archive.mbox").status_code

    moments = [NOON, NOON + timedelta(minutes=59), NOON + timedelta(minutes=60)]
    assert [taken(at) for at in moments] == [200, 429, 200]


@given(st.sampled_from(Download), st.integers(0, 10_000), st.datetimes())
def test_who_waits_as_long_as_is_said_may_go_on(what: Download, before: int, at: datetime) -> None:
    seconds = allows_download(what, before, at)

    assert (seconds == 0) == (before < DOWNLOADS[what])
    assert 0 <= seconds <= 3600
