"""The demo’s own mail server: what is posted goes out and stands on a page; the last of it."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from intersession.kit import clock
from intersession.lists.actions.receiving import receive
from intersession.lists.models import Relay, Subscription
from intersession.lists.rules.judging import Authentic
from intersession.lists.testing import a_list
from intersession.people.testing import NOON
from intersession.site.carrying import Carrier
from intersession.site.demo import sink
from tests.outbox.mailserver import free_port

pytestmark = pytest.mark.django_db(transaction=True)

POST = (
    b"From: Ada <ada@example.org>\r\nTo: x@y\r\nSubject: Hello %d\r\nMessage-ID: <%d@a>\r\n\r\n"
    b"Day.\r\n"
)


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[int]:
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", free_port()
    running = sink.start(settings.MAIL_PORT)
    yield settings.MAIL_PORT
    running.stop()


def sent(port: int, count: int, head: bytes = b"List-Id: <talk.example.org>\r\n") -> None:
    with smtplib.SMTP("127.0.0.1", port) as post:
        for number in range(count):
            post.sendmail("a@example.org", ["b@example.org"], head + POST % (number, number))


def test_a_post_goes_by_couriers_to_the_page_of_letters(server: int, client: Client) -> None:
    talk = a_list()
    Subscription.objects.bulk_create(
        Subscription(mailing_list=talk, address=one, since=NOON)
        for one in ("ada@example.org", "bo@example.org")
    )
    raw = POST.replace(b"x@y", talk.address.encode()) % (1, 1)
    proven = Authentic(is_authenticated=True, domain="example.org")
    receive(talk, raw, at=clock.now(), envelope="ada@example.org", authentic=proven)

    Carrier(lease=timedelta(seconds=30), go_on=lambda: True).run_until_idle()

    assert Relay.objects.get().state == "sent"
    assert sorted(one.to for one in sink.newest()) == ["ada@example.org", "bo@example.org"]
    page = client.get("/letters/")
    assert "Mail of lists" in page.text
    assert "bo@example.org" in page.text
    copy = client.get(f"/letters/copies/{sink.newest()[0].number}/")
    assert copy.status_code == 200
    assert "List-Unsubscribe" in copy.text
    assert client.get("/letters/copies/999/").status_code == 404


def test_only_the_last_are_kept(server: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sink, "MOST", 3)

    sent(server, 5)

    assert [one.subject for one in sink.newest()] == ["Hello 4", "Hello 3", "Hello 2"]


def test_letters_are_taken_and_stand_on_their_own_page_alone(server: int) -> None:
    sent(server, 1, head=b"")

    assert sink.newest() == []


def test_what_is_hostile_is_shown_as_text(server: int, client: Client) -> None:
    with smtplib.SMTP("127.0.0.1", server) as post:
        post.sendmail("a@example.org", ["b@example.org"], (
            b"List-Id: <t.x>\r\nSubject: =?nonsense?q?<script>?=\r\n\r\n\xff<script>x</script>\r\n"
        ))  # fmt: skip

    page = client.get(f"/letters/copies/{sink.newest()[0].number}/")

    assert page.status_code == 200
    assert "<script>x" not in page.text
