"""Commands by mail, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.addresses import Kind
from intersession.lists.rules.commanding import MOST, Command, Do, commands, commands_in
from tests.lists.bounced import complaint, failed, reply, status_report
from tests.lists.mail import mail

ASKED = [Kind.REQUEST, Kind.JOIN, Kind.LEAVE, Kind.CONFIRM]
TOKEN = "abcd2345efgh"


def _done(subject: str = "", text: str = "") -> list[Do]:
    return [command.do for command in commands(Kind.REQUEST, subject, text)]


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("join", Do.JOIN),
        ("Subscribe", Do.JOIN),
        ("subscribe dc3", Do.JOIN),
        ("s’inscrire", Do.JOIN),
        ("Inscription", Do.JOIN),
        ("suscribirme", Do.JOIN),
        ("Suscripcion", Do.JOIN),
        ("ПОДПИСАТЬСЯ", Do.JOIN),
        ("اشتراك", Do.JOIN),
        ("订阅", Do.JOIN),
        ("加入。", Do.JOIN),
        ("leave", Do.LEAVE),
        ("UNSUBSCRIBE!", Do.LEAVE),
        ("unsubscribe me please", Do.LEAVE),
        ("Désinscription", Do.LEAVE),
        ("desinscription", Do.LEAVE),
        ("darme de baja", Do.LEAVE),
        ("отписаться", Do.LEAVE),
        ("إلغاء الاشتراك", Do.LEAVE),
        ("退订", Do.LEAVE),
        ("help", Do.HELP),
        ("aide", Do.HELP),
        ("Ayuda", Do.HELP),
        ("помощь", Do.HELP),
        ("مساعدة", Do.HELP),
        ("帮助", Do.HELP),
        ("nomail", Do.NOMAIL),
        ("mail", Do.MAIL),
        ("digest", Do.DIGEST),
        ("digest off", Do.MAIL),
    ],
)
def test_a_word_of_any_of_the_six_languages_is_a_command(text: str, do: Do) -> None:
    assert _done(text=text) == [do]
    assert _done(subject=text) == [do]


def test_a_digest_takes_its_period_and_form() -> None:
    assert commands(Kind.REQUEST, "", "digest weekly plain\ndigest mime\ndigest daily") == (
        Command(Do.DIGEST, period="weekly", style="plain"),
        Command(Do.DIGEST, style="mime"),
        Command(Do.DIGEST, period="daily"),
    )


def test_a_digest_of_an_unknown_kind_is_answered_with_help() -> None:
    assert commands(Kind.REQUEST, "", "digest monthly") == (
        Command(Do.HELP, unread="digest monthly"),
    )


@pytest.mark.parametrize(
    "subject",
    [
        f"confirm {TOKEN}",
        f"Re: confirm {TOKEN}",
        f"RE: Re: [dc3] Confirm  {TOKEN}",
        f"AW: confirm {TOKEN}",
    ],
)
def test_an_answer_to_a_question_confirms_by_its_subject(subject: str) -> None:
    assert commands(Kind.REQUEST, subject, "> confirm otherother") == (
        Command(Do.CONFIRM, token=TOKEN),
    )
    assert commands(Kind.CONFIRM, subject, "") == (Command(Do.CONFIRM, token=TOKEN),)


def test_a_mail_to_the_address_with_a_token_confirms_whatever_it_says() -> None:
    assert commands(Kind.CONFIRM, "Yes", "leave", token=TOKEN) == (
        Command(Do.CONFIRM, token=TOKEN),
    )


@pytest.mark.parametrize(("kind", "do"), [(Kind.JOIN, Do.JOIN), (Kind.LEAVE, Do.LEAVE)])
def test_a_mail_to_the_address_to_join_or_leave_does_that_and_nothing_else(
    kind: Kind, do: Do
) -> None:
    assert commands(kind, "help", "digest weekly\nleave\njoin") == (Command(do),)


def test_an_address_in_a_command_is_told_and_not_acted_on() -> None:
    assert commands(Kind.REQUEST, "", "unsubscribe Bob@Example.net") == (
        Command(Do.LEAVE, address="bob@example.net"),
    )


def test_quoted_lines_are_no_commands() -> None:
    assert _done(text="> join\n  > leave\n| nomail\nhelp") == [Do.HELP]
    assert _done(text="join\n\nOn 1 May 2026 at 10:00, Ann wrote:\nleave") == [Do.JOIN]
    assert _done(text="-----Original Message-----\nleave") == [Do.HELP]


def test_a_signature_is_no_command() -> None:
    assert _done(text="nomail\n-- \nleave\n") == [Do.NOMAIL]


def test_what_follows_the_end_is_no_command() -> None:
    assert _done(text="nomail\nEND\nleave") == [Do.NOMAIL]


def test_a_letter_after_the_commands_is_no_command() -> None:
    assert _done("join", "digest weekly\n\nThank you!\nleave") == [Do.JOIN, Do.DIGEST]


def test_a_polite_letter_before_a_command_is_passed_over() -> None:
    assert _done("Hello", "Dear list,\n\nunsubscribe\n\nThanks") == [Do.LEAVE]


def test_a_mail_gives_five_commands_at_most() -> None:
    text = "\n".join(f"confirm token{number:04}" for number in range(10_000))

    assert len(commands(Kind.REQUEST, "", text)) == MOST == 5


def test_a_command_written_twice_is_done_once() -> None:
    assert _done("join", "join\njoin") == [Do.JOIN]


def test_what_nobody_understands_is_answered_with_help() -> None:
    assert commands(Kind.REQUEST, "A question", "How does this work?") == (
        Command(Do.HELP, unread="A question"),
    )
    assert commands(Kind.REQUEST, "", "") == (Command(Do.HELP),)
    assert commands(Kind.CONFIRM, "hi", "") == (Command(Do.HELP, unread="hi"),)


def test_a_sentence_with_a_command_in_it_is_no_command() -> None:
    assert _done(text="Please leave the answers of all coalitions on this page.") == [Do.HELP]
    assert _done(text="Join us on Monday for a talk about networks") == [Do.HELP]


@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize(
    "raw",
    [
        reply(f"Re: confirm {TOKEN}", "Auto-Submitted: auto-replied\n"),
        reply("Automatic reply: join"),
        reply("join", "Precedence: bulk\n"),
        reply("join", "List-Id: <other.example.org>\n"),
        reply("join", "Return-Path: <>\n"),
        reply("join", "X-Autoreply: yes\n"),
        reply("join", author="Mail <MAILER-DAEMON@mx.example.net>"),
        status_report(failed("bob@example.net", "5.1.1")),
    ],
)
def test_a_robot_gives_no_commands(kind: Kind, raw: bytes) -> None:
    assert commands_in(kind, raw, token=TOKEN) == ()


def test_a_mail_as_it_comes_in_is_read_for_its_commands() -> None:
    raw = mail(body="=64igest weekly\n", subject="=?utf-8?q?join?=", more=(
        "Auto-Submitted: no\nContent-Transfer-Encoding: quoted-printable\n"
    ))  # fmt: skip

    assert commands_in(Kind.REQUEST, raw) == (
        Command(Do.JOIN),
        Command(Do.DIGEST, period="weekly"),
    )


def test_a_mail_in_html_alone_is_read_for_its_commands() -> None:
    raw = mail(body="<html><body><div>leave</div></body></html>", more="Content-Type: text/html\n")

    assert [one.do for one in commands_in(Kind.REQUEST, raw.replace(b"Talk", b""))] == [Do.LEAVE]


@given(st.sampled_from(ASKED), st.text(), st.text())
def test_no_text_makes_the_reader_of_commands_raise(kind: Kind, subject: str, text: str) -> None:
    assert 1 <= len(commands(kind, subject, text)) <= MOST


@given(st.sampled_from(ASKED), st.binary(max_size=300))
def test_no_bytes_make_the_reader_of_commands_raise(kind: Kind, raw: bytes) -> None:
    commands_in(kind, raw)
    commands_in(kind, complaint()[: len(raw)] + raw)
