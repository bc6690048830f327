from datetime import timedelta
from typing import Any

import pytest

from intersession.kit import clock
from intersession.outbox import queries, rules
from intersession.outbox.actions import send_due, write
from intersession.outbox.models import Letter
from intersession.people.testing import NOON
from tests.outbox.mailserver import Mailbox

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]


def a_letter(to: str = "ada@example.org", **more: str) -> Letter:
    return write("tests.hello", to, {"name": "Ada"}, at=NOON, reason="You asked.", **more)


def test_a_letter_arrives_as_text_first_and_html_beside_it(server: Mailbox) -> None:
    letter = a_letter(unsubscribe="https://example.org/letters-i-get/")

    assert send_due(at=NOON) == 1

    (mail,) = server.taken
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative", "text/plain", "text/html"
    ]  # fmt: skip
    assert mail["To"] == "ada@example.org"
    assert mail["Subject"] == "Hello Ada, welcome"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<https://example.org/letters-i-get/>"
    assert mail["Message-ID"] == f"<letter.{letter.pk}.20260301120000@example.org>"
    assert mail["Date"].datetime == NOON
    letter.refresh_from_db()
    assert (letter.sent_at, letter.tries, letter.via) == (NOON, 1, f"127.0.0.1:{server.port}")


def test_a_sent_letter_is_not_sent_again(server: Mailbox) -> None:
    a_letter()

    assert [send_due(at=NOON), send_due(at=NOON)] == [1, 0]
    assert len(server.taken) == 1


def test_what_is_refused_for_now_is_tried_again_later(server: Mailbox) -> None:
    letter = a_letter()
    server.refusals = {letter.to: "451 Come back later"}

    send_due(at=NOON)

    letter.refresh_from_db()
    assert letter.trouble == "451 Come back later"
    assert NOON + timedelta(seconds=48) <= letter.due_at <= NOON + timedelta(seconds=72)
    assert send_due(at=NOON) == 0
    server.refusals = {}
    send_due(at=letter.due_at)
    letter.refresh_from_db()
    assert (letter.sent_at, letter.tries, letter.trouble) == (letter.due_at, 2, "")


def test_what_is_refused_for_good_keeps_the_reason_and_holds_up_nobody(server: Mailbox) -> None:
    lost, found = a_letter("nobody@example.org"), a_letter("ada@example.org")
    server.refusals = {lost.to: "550 No such \0person"}

    send_due(at=NOON)

    lost.refresh_from_db()
    found.refresh_from_db()
    assert (lost.failed_at, lost.trouble) == (NOON, "550 No such person")
    assert found.sent_at == NOON
    assert list(queries.failed()) == [lost]


@pytest.mark.usefixtures("no_server")
def test_a_server_that_is_away_loses_no_letter_until_the_tries_are_used_up() -> None:
    letter = a_letter()
    at = NOON

    for _try in range(rules.TRIES):
        assert letter.failed_at is None
        send_due(at=at)
        letter.refresh_from_db()
        at = letter.due_at

    assert letter.failed_at is not None
    assert "ConnectionRefused" in letter.trouble
    assert letter.tries == rules.TRIES


def test_two_workers_do_not_take_the_same_letter(server: Mailbox) -> None:
    letter = a_letter()
    Letter.objects.update(hold="another", held_until=clock.steady() + timedelta(minutes=1))

    assert send_due(at=NOON) == 0

    Letter.objects.update(held_until=clock.steady() - timedelta(seconds=1))
    assert send_due(at=NOON) == 1
    letter.refresh_from_db()
    assert letter.sent_at == NOON


def test_a_worker_told_to_stop_gives_back_what_it_holds(server: Mailbox) -> None:
    a_letter()
    a_letter()
    answers = iter([True, False])

    send_due(at=NOON, go_on=lambda: next(answers))

    assert len(server.taken) == 1
    assert send_due(at=NOON) == 1


def test_without_a_mail_server_letters_wait(settings: Any) -> None:
    a_letter()
    settings.MAIL_HOST = ""

    assert send_due(at=NOON) == 0
    assert queries.waiting().count() == 1


def test_in_a_demo_without_a_mail_server_letters_go_to_their_page(settings: Any) -> None:
    letter = a_letter()
    settings.MAIL_HOST, settings.DEMO = "", True

    send_due(at=NOON)

    letter.refresh_from_db()
    assert (letter.sent_at, letter.via) == (NOON, "the letters page")


def test_a_line_break_in_a_subject_cannot_forge_a_header(server: Mailbox) -> None:
    letter = a_letter()
    Letter.objects.update(subject="Hello\nBcc: all@example.org")

    send_due(at=NOON)

    letter.refresh_from_db()
    assert letter.failed_at == NOON
    assert "cannot be written as mail" in letter.trouble
    assert server.taken == []
