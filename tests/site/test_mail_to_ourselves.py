"""A mail to ourselves goes out and comes back, and its absence is an alarm."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from intersession.journal.models import Entry
from intersession.kit import batches, clock
from intersession.kit.answers import Refused
from intersession.lists.actions import archive, open_list
from intersession.lists.actions.echoing import probe_beside
from intersession.lists.actions.entrance import is_taken, take
from intersession.lists.actions.pruning import prune
from intersession.lists.models import (
    Arrival,
    Content,
    Ghost,
    Held,
    MailingList,
    Message,
    Month,
    Parcel,
    Relay,
    Subscription,
    Thread,
)
from intersession.lists.queries import echoes, visible_to
from intersession.lists.queries.addressed import destination
from intersession.lists.rules.judging import Authentic
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, the_secretariat
from intersession.search.queries import find
from intersession.site import signing, tasks
from intersession.site.post import keys, selfpost
from intersession.site.post.status import status
from tests.outbox.mailserver import Mailbox, mail_server

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OURS = Authentic(is_authenticated=True, domain="lists.example.org")


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[Mailbox]:
    settings.DKIM_KEY = tmp_path / "none.pem"
    with mail_server() as box:
        settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", box.port
        yield box


def come_in(box: Mailbox, *, at: Any = NOON) -> None:
    """Hand the newest mail in as the listener does."""
    _handed_in(str(box.taken[-1]["To"]), box.taken[-1].as_bytes(), OURS, at=at)


def come_back(box: Mailbox, authentic: Authentic = OURS, *, at: Any = NOON) -> None:
    """Hand its copy in, at the address of the only reader."""
    copy = b"List-Id: <self-test>\r\n" + box.taken[-1].as_bytes()
    _handed_in(str(box.taken[-1]["From"]), copy, authentic, at=at)


def _handed_in(to: str, raw: bytes, authentic: Authentic, *, at: Any) -> None:
    there = destination(to)
    assert there is not None
    assert is_taken(there)
    take(there, raw, at=at, envelope="x@example.org", authentic=authentic)


def test_a_mail_to_ourselves_is_archived_and_its_copy_is_known_when_it_comes_back(
    server: Mailbox,
) -> None:
    posted = selfpost.send(a_list(), at=NOON)

    assert not echoes.is_archived(posted.probe, posted.token)
    come_in(server)
    come_in(server)
    assert echoes.is_archived(posted.probe, posted.token)
    assert Message.objects.get().mailing_list_id == posted.probe.pk
    relay = Relay.objects.get()
    assert (relay.recipients, relay.state) == (1, "sending")
    assert [*addresses(relay)] == [echoes.reader_of(posted.probe)]
    assert echoes.echo_of(posted.probe, posted.token) is None

    come_back(server)
    come_back(server)

    assert Arrival.objects.filter(outcome="command").count() == 1
    assert status(at=NOON).echo == echoes.Echo(posted.probe.name, NOON, is_proven=True)


def addresses(relay: Relay) -> list[str]:
    numbers = range(relay.parcels.get().first, relay.parcels.get().last + 1)
    return list(Subscription.objects.filter(pk__in=numbers).values_list("address", flat=True))


def test_its_list_is_on_no_page_in_no_search_and_in_no_record(
    server: Mailbox, client: Client
) -> None:
    talk = a_list()
    before = Entry.objects.count()
    probe = selfpost.send(talk, at=NOON).probe
    come_in(server)
    come_back(server)
    message = Message.objects.get()

    assert [one.pk for one in visible_to(None)] == [talk.pk]
    places = (
        probe.get_absolute_url(),
        message.get_absolute_url(),
        f"/lists/{probe.name}/feed.atom",
    )
    assert [client.get(place).status_code for place in places] == [404, 404, 404]
    assert find("ourselves").count == 0
    assert Entry.objects.count() == before
    assert [one.name for one in status(at=NOON).lists] == [talk.name]


def test_its_list_takes_nothing_else(server: Mailbox) -> None:
    probe = selfpost.send(a_list(), at=NOON).probe
    host = probe.address.partition("@")[2]
    for what in ("join", "request", "owner", "confirm+abc"):
        there = destination(f"self-test-{what}@{host}")
        assert there is not None
        assert not is_taken(there)
    _handed_in(probe.address, b"From: eve@example.org\r\n\r\nHello.\r\n", OURS, at=NOON)
    _handed_in(f"self-test-bounces@{host}", b"From: <>\r\n\r\nNo.\r\n", OURS, at=NOON)

    assert (Arrival.objects.count(), Message.objects.count(), Held.objects.count()) == (0, 0, 0)
    with pytest.raises(Refused, match="Another list has the address"):
        open_list(None, probe.coalition, at=NOON, name="mine", address=probe.address, title="Mine")


def test_a_signature_that_did_not_hold_is_told(server: Mailbox) -> None:
    selfpost.send(a_list(), at=NOON)
    come_in(server)

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
    talk = a_list()
    probe = probe_beside(talk, at=NOON)
    for forged in (echoes.echo_token(talk, at=NOON), "abcdefgh"):
        raw = f"From: a@b.example\r\nMessage-ID: <{forged}@lists.example.org>\r\n\r\n".encode()
        _handed_in(echoes.reader_of(probe), raw, OURS, at=NOON)
        _handed_in(probe.address, raw, OURS, at=NOON)
    raw = f"Message-ID: <{echoes.echo_token(probe, at=NOON)}@lists.example.org>\r\n\r\n".encode()
    _handed_in(f"self-test-echo+abc@{probe.address.partition('@')[2]}", raw, OURS, at=NOON)

    assert not Arrival.objects.exists()


def test_mails_to_ourselves_go_after_thirty_days_with_all_that_hangs_on_them(
    server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    talk = a_list()
    archive(talk, b"From: Ana <ana@example.org>\nSubject: Hello\n\nHello.\n", at=NOON)
    for n in range(3):
        selfpost.send(talk, at=NOON + n * DAY)
        come_in(server, at=NOON + n * DAY)
        come_back(server, at=NOON + n * DAY)
    last = Message.objects.order_by("pk").last()
    Relay.objects.exclude(message=last).update(state="paused")
    entries = Entry.objects.count()

    assert prune(at=NOON + 30 * DAY) == 0
    assert prune(at=NOON + 33 * DAY) == 2 + 6  # threads, arrivals; the last is being sent

    assert [one.mailing_list for one in Message.objects.order_by("pk")] == [talk, last.mailing_list]
    assert Relay.objects.get().message == last
    assert {one.relay.message for one in Parcel.objects.all()} == {last}
    assert {one.messages for one in Month.objects.all()} == {1}

    Relay.objects.update(state="sent", sent_at=NOON)
    assert prune(at=NOON + 33 * DAY) == 1

    for model in (Message, Content, Thread, Month):
        assert model.objects.count() == 1, model
    for model in (Arrival, Relay, Parcel, Ghost):
        assert not model.objects.exists(), model
    assert Entry.objects.count() == entries

    posted = selfpost.send(talk, at=NOON + 34 * DAY)
    come_in(server, at=NOON + 34 * DAY)
    assert echoes.is_archived(posted.probe, posted.token)


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

    come_in(server, at=clock.now())
    come_back(server, at=clock.now())
    assert tasks.look_what_came_back.func() is True


def test_silence_after_a_day_is_an_alarm_of_the_status(server: Mailbox) -> None:
    selfpost.send(a_list(), at=NOON)
    come_back(server)

    assert status(at=NOON + timedelta(hours=25)).alarms == []
    assert "No mail to ourselves" in status(at=NOON + timedelta(hours=27)).alarms[0]


def test_the_command_says_when_it_is_not_archived(server: Mailbox) -> None:
    a_list()

    with pytest.raises(CommandError, match="has not been archived in 0 seconds"):
        call_command("mail", "test", "--seconds", "0", stdout=StringIO())


def test_the_command_says_when_its_copy_does_not_come_back(
    server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_list()
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    selfpost.send(MailingList.objects.get(), at=moment)
    come_in(server, at=moment)

    with pytest.raises(CommandError, match="is archived, and its copy has not come back"):
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
