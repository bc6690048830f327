"""Copies of a post: what is taken out, what is put in, and what stays byte for byte."""

import pytest
from hypothesis import given

from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.composing.relaying import relayed
from intersession.lists.rules.composing.templates import Template
from tests.lists.keys import ARCHIVED, CLICK, LEAVE, ways
from tests.lists.mail import mail
from tests.lists.test_heads import anything

OTHERS = b"""List-Id: <other.example.net>
List-Unsubscribe: <https://other.example.net/>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
List-Whatever: x
Archived-At: <https://other.example.net/1>
Precedence: bulk
Errors-To: x@example.net
Return-Receipt-To: x@example.net
Disposition-Notification-To: x@example.net,
 y@example.net
Approved: secret
X-Confirm-Reading-To: x@example.net
Delivered-To: dc@lists.example.org
Authentication-Results: (our own) "MX.example.org" 1; dkim=pass
authentication-results: mx.example.org; spf=pass
"""
KEPT = b"""DKIM-Signature: v=1; d=example.net; b=abc
Authentication-Results: mx.example.net; spf=pass
From: Ann <ann@example.net>
Sender: bob@example.net
To: dc@lists.example.org
Subject: =?utf-8?q?na=C3=AFve?=
\twords
References:  <a@b>  <c@d>
X-Raw: \xe9\xff
Content-Type: text/plain;  charset=utf-8
"""


def made(raw: bytes, **more: object) -> Template:
    return relayed(raw, ways(), archived_at=ARCHIVED, **more)  # type: ignore[arg-type]


def test_what_others_told_of_their_list_is_taken_out_and_all_else_stays_as_it_was() -> None:
    template = made(OTHERS + KEPT + b"\nbody \n")

    assert template.head.endswith(b"Precedence: list\n" + KEPT)
    assert template.body == b"body \n"


def test_a_copy_tells_every_way_of_its_list() -> None:
    head = made(mail()).copy(CLICK, LEAVE)

    assert head.split(b"From:")[0].decode() == (
        "List-Unsubscribe: <https://example.org/leave/abc/>,\n"
        " <mailto:dc-leave@lists.example.org>\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"
        "List-Id: Coalition <dc.lists.example.org>\n"
        "List-Post: <mailto:dc@lists.example.org>\n"
        "List-Help: <mailto:dc-request@lists.example.org>\n"
        "List-Subscribe: <mailto:dc-join@lists.example.org>\n"
        "List-Owner: <mailto:dc-owner@lists.example.org>\n"
        "List-Archive: <https://example.org/dc/>\n"
        "Archived-At: <https://example.org/dc/messages/1/>\n"
        "Precedence: list\n"
    )


def test_archived_at_is_the_address_that_was_given() -> None:
    assert Head.of(made(mail()).head).values("Archived-At") == (f"<{ARCHIVED}>".encode(),)


@given(anything)
def test_the_body_of_a_copy_is_the_body_of_the_post(raw: bytes) -> None:
    assert made(raw).body == Head.of(raw).body


@given(anything)
def test_no_mail_keeps_a_list_from_making_its_copies(raw: bytes) -> None:
    template = made(raw, mitigation=True, prefix="[DC]", footer="Left by mail.")
    head = Head.of(template.copy(CLICK, LEAVE) + template.end + template.body)

    assert len(head.values("List-Id")) == len(head.values("List-Unsubscribe")) == 1
    assert head.body == template.body


def test_the_subject_is_left_alone_unless_the_list_wants_a_prefix() -> None:
    raw = mail(subject="Re: Talk")

    assert Head.of(made(raw).head).values("Subject") == (b"Re: Talk",)
    assert Head.of(made(raw, prefix="[DC]").head).values("Subject") == (b"[DC] Re: Talk",)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (b"Subject: Re: [DC] Talk\n\n", b"Re: [DC] Talk"),
        (b"Subject:\n folded\n\n", b"[DC]  folded"),
        (b"From: a@example.org\n\n", b"[DC]"),
        (b"Subject:\n\n", b"[DC]"),
    ],
)
def test_a_prefix_stands_once(given: bytes, shown: bytes) -> None:
    assert Head.of(made(given, prefix="[DC]").head).values("Subject") == (shown,)


def test_a_footer_is_a_part_of_its_own_beside_the_untouched_body() -> None:
    body = b"Words. \n.\n  and more\n"
    template = made(b"From: a@example.org\nContent-Type: text/plain\n\n" + body, footer="Tschüß")

    assert b"\nContent-Type: text/plain\n\n" + body + b"\n--" in template.body
    assert b"VHNjaMO8w58=" in template.body
    head = Head.of(template.head)
    assert [one.partition(b";")[0] for one in head.values("Content-Type")] == [b"multipart/mixed"]


@pytest.mark.parametrize(
    "sealed",
    [
        b"Content-Type: multipart/signed; boundary=x\n\n--x\n",
        b"Content-Type: multipart/encrypted; boundary=x\n\n--x\n",
        b"Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nabc\n",
        b"Subject: x\n\n-----BEGIN PGP SIGNED MESSAGE-----\n",
        b"Content-Type: multipart/mixed; boundary=y\n\n--y\nContent-Type: multipart/signed;\n",
    ],
)
def test_signed_and_encrypted_mail_takes_no_footer(sealed: bytes) -> None:
    assert made(sealed, footer="Left by mail.").body == Head.of(sealed).body


def test_a_list_of_announcements_takes_no_posts() -> None:
    template = relayed(mail(), ways(is_open=False), archived_at=ARCHIVED)

    assert Head.of(template.head).values("List-Post") == (b"NO",)


def test_a_list_may_ask_for_answers_to_itself() -> None:
    raw = mail(more="Reply-To: ann@example.net\n")
    template = relayed(raw, ways(answers_to_list=True), archived_at=ARCHIVED)

    assert Head.of(template.head).values("Reply-To") == (b"dc@lists.example.org",)


def test_our_sets_of_a_chain_go_with_those_sealed_over_them() -> None:
    chain = b"".join(
        b"ARC-Seal: i=%d; cv=none\nARC-Message-Signature: a=x; i=%d; b=\n"
        b"ARC-Authentication-Results: i=%d; %s; spf=pass\n" % (n, n, n, whose)
        for n, whose in ((3, b"mx.example.net"), (2, b"mx.example.org"), (1, b"mx.example.com"))
    )

    left = [one for one in Head.of(made(chain + mail()).head).fields if one.startswith(b"ARC-")]

    assert len(left) == 3
    assert all(b"i=1;" in one for one in left)


@pytest.mark.parametrize("url", ["http:x", "javascript:x", "ftp://example.org"])
def test_the_page_to_leave_is_a_web_page(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        made(mail()).copy(url, LEAVE)


def test_on_http_the_page_to_leave_is_a_link_and_no_one_click() -> None:
    head = Head.of(made(mail()).copy("http://localhost:8000/leave/", LEAVE))

    [ways] = head.values("List-Unsubscribe")
    assert ways.startswith(b"<http://localhost:8000/leave/>,")
    assert head.values("List-Unsubscribe-Post") == ()


@pytest.mark.parametrize("url", ["https://example.org/\r\nBcc: x@y", "https://example.org/>,<x"])
def test_no_way_smuggles_a_field(url: str) -> None:
    with pytest.raises(ValueError, match="way"):
        made(mail()).copy(url, LEAVE)


def test_the_title_of_a_list_cannot_break_its_field() -> None:
    template = relayed(mail(), ways(title='A "b"\r\nBcc: x@y\0 (ü)'), archived_at=ARCHIVED)

    assert Head.of(template.head).values("Bcc") == ()
    assert len(Head.of(template.head).values("List-Id")) == 1
