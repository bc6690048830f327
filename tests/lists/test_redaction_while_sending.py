"""What a redaction reaches beside the archive: what was held, and copies that have not left."""

from datetime import timedelta

import pytest

from intersession.lists import actions
from intersession.lists.actions import relaying
from intersession.lists.actions.receiving import receive
from intersession.lists.models import Held, MailingList, Message, Relay
from intersession.lists.rules.judging import Authentic
from intersession.lists.states import Outcome, Redacted, RedactedFor, RelayState
from intersession.lists.testing import a_list
from intersession.people.testing import NOON, the_secretariat
from tests.lists.author import ADDRESS, subscribed

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)
PROVEN = Authentic(is_authenticated=True, domain="example.org", by="dkim", policy="reject")


def a_post(talk: MailingList, more: str, author: str = ADDRESS) -> bytes:
    head = f"From: {author}\r\nTo: {talk.address}\r\nSubject: s\r\n{more}"
    return f"{head}\r\nA secret.\r\n".encode()


def body_out(message: Message) -> None:
    actions.redact(
        the_secretariat(), message, at=LATER, what=Redacted.BODY, reason=RedactedFor.PRIVACY
    )


@pytest.mark.parametrize(
    "more",
    ["", "Message-ID: <1@example.org>\r\nDate: Sun, 1 Mar 2026 12:30:00 +0000\r\n"],
    ids=["a post without an id", "a post by a clock that goes before"],
)
def test_what_a_moderator_let_out_is_emptied_with_it(more: str) -> None:
    talk = a_list()
    held = receive(
        talk, a_post(talk, more, "eve@example.org"), at=NOON, envelope=ADDRESS, authentic=PROVEN
    )
    assert held.outcome == Outcome.HELD
    message = actions.approve(the_secretariat(), Held.objects.get(), at=NOON)

    body_out(message)

    assert bytes(Held.objects.get().raw) == b""


@pytest.mark.parametrize("is_paused", [False, True])
def test_copies_that_have_not_left_never_leave(is_paused: bool) -> None:
    talk = a_list()
    subscribed(talk)
    post = a_post(talk, "Message-ID: <1@example.org>\r\n")
    receive(talk, post, at=NOON, envelope=ADDRESS, authentic=PROVEN)
    if is_paused:
        relaying.pause(Relay.objects.get(), at=NOON)

    body_out(Message.objects.get())

    assert Relay.objects.get().state == RelayState.STOPPED
    assert relaying.claim("worker", at=LATER, most=9) == []
