"""A post carried whole in a mail of its list (checklist 16)."""

from dataclasses import replace

from hypothesis import given

from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.composing.templates import Template
from intersession.lists.rules.composing.wrapping import wrapped
from tests.lists.keys import ARCHIVED, CLICK, LEAVE, ways
from tests.lists.mail import mail
from tests.lists.test_heads import anything


def made(raw: bytes, prefix: str = "") -> Template:
    return wrapped(raw, ways(), archived_at=ARCHIVED, prefix=prefix)


def test_the_list_writes_and_the_post_lies_inside_as_it_came() -> None:
    raw = mail("a@x.example", "Words.", subject="Talk")

    template = made(raw)

    head = Head.of(template.copy(CLICK, LEAVE))
    assert head.values("From") == (b"Ann via Coalition <dc@lists.example.org>",)
    assert head.values("Reply-To") == head.values("X-Original-From") == Head.of(raw).values("From")
    assert head.values("MIME-Version") == (b"1.0",)
    assert head.values("Content-Type") == (b"message/rfc822",)
    assert head.values("Message-ID") == (b"<a@x.example>",)
    assert head.values("List-Id") == (b"Coalition <dc.lists.example.org>",)
    assert template.body == raw


def test_what_no_copy_may_carry_on_is_taken_out_inside_as_well() -> None:
    raw = b"Approved: secret\nDisposition-Notification-To: a@x\n" + mail("a@x.example", "Words.")

    template = made(raw)

    assert template.body == mail("a@x.example", "Words.")
    assert b"secret" not in bytes(template)


def test_a_prefix_stands_outside_alone() -> None:
    raw = mail("a@x.example", "Words.", subject="Talk")

    template = made(raw, "[DC]")

    assert Head.of(template.head).values("Subject") == (b"[DC] Talk",)
    assert template.body == raw


def test_signed_mail_stays_signed_inside_and_is_told_by_its_bytes() -> None:
    raw = b"From: a@x.example\nContent-Type: multipart/signed; boundary=b\n\n--b\n\n\xff\n--b--\n"

    template = made(raw)

    assert template.body == raw
    assert Head.of(template.head).values("Content-Transfer-Encoding") == (b"8bit",)
    assert Head.of(template.head).values("Content-Type") == (b"message/rfc822",)


def test_where_answers_go_to_the_list_the_author_stands_in_copy() -> None:
    munging = replace(ways(), answers_to_list=True)

    head = Head.of(wrapped(mail(), munging, archived_at=ARCHIVED).head)

    assert head.values("Reply-To") == (b"dc@lists.example.org",)
    assert b"ann@" in head.values("Cc")[0]


@given(anything)
def test_no_mail_keeps_a_list_from_wrapping_it(raw: bytes) -> None:
    template = made(raw)

    assert Head.of(template.head).values("Content-Type") == (b"message/rfc822",)
    assert template.body.endswith(Head.of(raw).body)
