"""A mail to ourselves goes out and comes back, and its absence is an alarm."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from intersession.kit import clock
from intersession.lists.actions.entrance import take
from intersession.lists.models import Arrival, MailingList
from intersession.lists.queries import echoes
from intersession.lists.queries.addressed import destination
from intersession.lists.rules.judging import Authentic
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, the_secretariat
from intersession.site import signing, tasks
from intersession.site.post import keys, selfpost
from intersession.site.post.status import status
from tests.outbox.mailserver import Mailbox, mail_server

pytestmark = pytest.mark.django_db

OURS = Authentic(is_authenticated=True, domain="lists.example.org")


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[Mailbox]:
    settings.DKIM_KEY = tmp_path / "none.pem"
    with mail_server() as box:
        settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", box.port
        yield box


def come_back(box: Mailbox, authentic: Authentic = OURS, *, at: Any = NOON) -> None:
    """Hand the newest mail in as the listener does."""
    mail = box.taken[-1]
    there = destination(str(mail["To"]))
    assert there is not None
    take(there, mail.as_bytes(), at=at, envelope="x@example.org", authentic=authentic)


def test_a_mail_to_ourselves_is_known_when_it_comes_back(server: Mailbox) -> None:
    talk = a_list()

    token = selfpost.send(talk, at=NOON)

    assert echoes.echo_of(talk, token) is None
    assert server.taken[0]["Auto-Submitted"] == "auto-generated"
    come_back(server)
    come_back(server)
    assert Arrival.objects.count() == 1
    echo = status(at=NOON).echo
    assert echo == echoes.Echo(talk.name, NOON, is_proven=True)
    (last,) = status(at=NOON).lists
    assert last.arrived_at is None


def test_a_signature_that_did_not_hold_is_told(server: Mailbox) -> None:
    selfpost.send(a_list(), at=NOON)

    come_back(server, Authentic())

    assert echoes.last_echo(at=NOON) is not None
    assert not status(at=NOON).echo.is_proven


def test_a_mail_to_ourselves_is_signed_where_there_is_a_key(
    server: Mailbox, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.make(settings.DKIM_KEY, over=False)
    signing._key.cache_clear()
    selfpost.send(a_list(), at=NOON)
    signing._key.cache_clear()

    assert "d=lists.example.org" in server.taken[0]["DKIM-Signature"]


def test_nobody_else_can_make_such_a_mail(server: Mailbox) -> None:
    talk, other = a_list(), a_list()
    token = echoes.echo_token(other, at=NOON)
    for forged in (token, "abcdefgh"):
        there = destination(echoes.echo_address(talk, forged, "+"))
        assert there is not None
        take(there, b"Subject: x\r\n\r\n", at=NOON, envelope="", authentic=OURS)

    assert not Arrival.objects.exists()


def test_one_list_of_each_domain_is_probed() -> None:
    first = a_list()
    a_list()
    elsewhere = a_list()
    MailingList.objects.filter(pk=elsewhere.pk).update(address="x@other.example")

    assert [one.pk for one in selfpost.probed()] == [first.pk, elsewhere.pk]


def test_what_does_not_come_back_is_an_alarm_by_letter_once_a_day(server: Mailbox) -> None:
    a_list()
    secretariat = the_secretariat()
    assert tasks.send_to_ourselves.func() == 1

    assert tasks.look_what_came_back.func() is False
    assert tasks.look_what_came_back.func() is False
    letters = Letter.objects.filter(kind="site.nothing_came_back", to=secretariat.email)
    assert letters.count() == 1

    come_back(server, at=clock.now())
    assert tasks.look_what_came_back.func() is True


def test_silence_after_a_day_is_an_alarm_of_the_status(server: Mailbox) -> None:
    selfpost.send(a_list(), at=NOON)
    come_back(server)

    assert status(at=NOON + timedelta(hours=25)).alarms == []
    assert "No mail to ourselves" in status(at=NOON + timedelta(hours=27)).alarms[0]


def test_the_command_says_when_it_does_not_come_back(server: Mailbox) -> None:
    a_list()

    with pytest.raises(CommandError, match="has not come back in 0 seconds"):
        call_command("mail", "test", "--seconds", "0", stdout=StringIO())


def test_the_command_says_why_nothing_can_be_sent(settings: Any) -> None:
    with pytest.raises(CommandError, match="no open list"):
        call_command("mail", "test")
    a_list()
    with pytest.raises(CommandError, match="No mail server is named"):
        call_command("mail", "test")
    settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", 1
    with pytest.raises(CommandError, match="does not take it"):
        call_command("mail", "test")
