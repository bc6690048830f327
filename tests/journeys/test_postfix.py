"""Through a real Postfix: a post into the archive, and a letter out to the world."""

import smtplib
from pathlib import Path
from time import monotonic, sleep

import pytest

from intersession.kit import clock
from intersession.lists.models import Message
from intersession.lists.queries import raw_of
from intersession.lists.testing import a_list
from intersession.outbox.actions import write
from intersession.outbox.models import Letter
from tests.journeys.postfix import postfix, why_not
from tests.lists.author import authored, subscribed
from tests.outbox.mailserver import free_port, mail_server
from tests.processes import PATIENCE, shared_database, start
from tests.site.test_listener import POST, listening_on

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORKER = ["-m", "intersession.site.cli", "worker", "--until-idle"]


@pytest.fixture(autouse=True)
def can_run() -> None:
    if reason := why_not():
        pytest.skip(reason)


def test_a_post_through_postfix_is_archived_and_a_letter_through_it_arrives(tmp_path: Path) -> None:
    talk, lists = a_list(), free_port()
    subscribed(talk)
    with (
        mail_server() as world,
        shared_database(tmp_path) as database,
        listening_on(lists, database, "--lmtp"),
        postfix(lists=lists, world=world.port) as port,
    ):
        with smtplib.SMTP("127.0.0.1", port) as member:
            to = [talk.address, "gone@lists.example.org"]
            member.sendmail("ada@example.net", to, authored(POST.format(n=1, to=talk.address)))
        until = monotonic() + PATIENCE
        while not Message.objects.exists() or not world.taken:
            assert monotonic() < until, "the post did not arrive"
            sleep(0.1)
        message = Message.objects.select_related("content").get()
        assert message.subject == "1"
        assert b"by mx.example.org (Postfix)" in raw_of(message.content)
        (bounce,) = world.taken
        assert "There is no such list here" in bounce.as_string()

        letter = write(
            "people.code", "ada@example.net", {"code": "ABC-DEF"}, at=clock.now(),
            reason="You get this because somebody asked for a code.",
        )  # fmt: skip
        mail = {"INTERSESSION_MAIL_HOST": "127.0.0.1", "INTERSESSION_MAIL_PORT": str(port)}
        assert start(database, *WORKER, **mail).wait(PATIENCE) == 0
        while len(world.taken) < 2:
            assert monotonic() < until, "the letter did not arrive"
            sleep(0.1)
        arrived = world.taken[1]
        assert arrived["Subject"] == letter.subject
        assert arrived["Auto-Submitted"] == "auto-generated"
        assert arrived["Received"] is not None
        letter.refresh_from_db()
        assert letter.sent_at is not None
        assert Letter.objects.get().via == f"127.0.0.1:{port}"
