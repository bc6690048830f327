"""Letters are signed as copies are, where there is a key."""

from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import dkim
import pytest

from intersession.lists.testing import a_list
from intersession.outbox.actions import send_due, write_exact
from intersession.outbox.models import Letter
from intersession.people.testing import NOON
from intersession.site import signing
from intersession.site.post import keys
from tests.outbox.conftest import smtp
from tests.outbox.mailserver import Mailbox, mail_server

pytestmark = pytest.mark.django_db

WORDS = "Grüße, привет, 你好. " * 20


class Octets(Mailbox):
    """Keeps each mail as it came over the wire."""

    def __init__(self) -> None:
        super().__init__()
        self.raw: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.raw.append(envelope.content)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def record(settings: Any, tmp_path: Path) -> Iterator[str]:
    """Make a key, and return what DNS says of it."""
    settings.DKIM_KEY = tmp_path / "dkim.pem"
    signing._key.cache_clear()
    yield keys.make(settings.DKIM_KEY, over=False)
    signing._key.cache_clear()


@pytest.fixture
def server(settings: Any) -> Iterator[Octets]:
    with mail_server(Octets()) as box:
        settings.MAILERS = smtp(box.port)
        settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", box.port
        settings.MAIL_FROM = "intersession <noreply@dc.example.org>"
        yield box


def a_letter(**more: Any) -> Letter:
    return Letter.objects.create(
        to="ada@example.org", kind="people.code", subject="Ваш код", body=WORDS,
        html=f"<p>{WORDS}</p>", reason="You asked.", written_at=NOON, due_at=NOON, **more,
    )  # fmt: skip


def verified(raw: bytes, record: str, domain: str) -> bool:
    """Verify a mail as its receivers do: with DNS that knows this one key."""
    known = {f"intersession._domainkey.{domain}.".encode(): record.encode()}
    return bool(dkim.verify(raw, dnsfunc=lambda name, **_more: known.get(name)))


def test_a_letter_is_signed_by_the_domain_it_comes_from(record: str, server: Octets) -> None:
    a_letter(unsubscribe="https://dc.example.org/letters/", reply_to="office@dc.example.org")

    send_due(at=NOON)

    (raw,) = server.raw
    assert verified(raw, record, "dc.example.org")
    assert not verified(raw.replace(b"Subject:", b"Subject: not"), record, "dc.example.org")
    signed = message_from_bytes(raw)["DKIM-Signature"]
    assert "d=dc.example.org" in signed
    assert "list-unsubscribe" in signed
    assert raw.isascii(), "no server on its way has a reason to write it anew"


def test_a_letter_that_was_ready_is_signed_by_its_own_domain(record: str, server: Octets) -> None:
    talk = a_list()
    ready = b"From: Office <office@lists.example.org>\r\nSubject: A mail\r\n\r\nWords.\r\n"
    write_exact(
        "lists.office", {"ada@example.org": None}, ready, at=NOON, subject="A mail",
        reason="You hold the office.", return_path=f"{talk.name}-bounces@lists.example.org",
    )  # fmt: skip

    send_due(at=NOON)

    (raw,) = server.raw
    assert raw.endswith(ready)
    assert verified(raw, record, "lists.example.org")


def test_without_a_key_a_letter_leaves_as_it_is(server: Octets, settings: Any) -> None:
    settings.DKIM_KEY = settings.DKIM_KEY.with_name("none.pem")
    signing._key.cache_clear()
    a_letter()

    send_due(at=NOON)

    assert "DKIM-Signature" not in message_from_bytes(server.raw[0])
    assert server.taken[0]["Subject"] == "Ваш код"
