"""Reports of mail that did not arrive, read from their bytes."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.formats.bounces import Read, Recipient, Report, read_bounce
from intersession.lists.rules.bouncing import Kind
from tests.lists.bounced import complaint, failed, reply, status_report
from tests.lists.mail import mail

UNKNOWN = "550 5.1.1 <bob@example.net>: Recipient address rejected: User unknown"


def _read(raw: bytes) -> Report:
    report = read_bounce(raw)
    assert report is not None
    return report


def test_a_report_tells_every_recipient_with_its_reason() -> None:
    report = _read(
        status_report(
            failed("bob@example.net", "5.1.1", UNKNOWN),
            failed("Eve@Example.net", "4.2.2", "452 4.2.2 Mailbox full", action="delayed"),
            failed("zoe@example.net", "2.0.0", action="relayed"),
            about="Reporting-MTA: dns; mx\nOriginal-Envelope-Id: copy-7",
        )
    )

    assert report.read == Read.STATUS
    assert report.recipients == (
        Recipient("bob@example.net", Kind.ADDRESS, "failed", "5.1.1", f"smtp; {UNKNOWN}"),
        Recipient(
            "eve@example.net", Kind.TRANSIENT, "delayed", "4.2.2", "smtp; 452 4.2.2 Mailbox full"
        ),
        Recipient("zoe@example.net", Kind.ARRIVED, "relayed", "2.0.0"),
    )
    assert (report.message_id, report.envelope_id) == ("post@example.org", "copy-7")
    assert report.return_path == "talk-bounces+abc@lists.example.org"


def test_the_address_we_wrote_to_goes_before_the_one_it_was_forwarded_to() -> None:
    block = "Original-Recipient: rfc822;bob@example.net\n" + failed("b@elsewhere.example", "5.1.1")

    assert _read(status_report(block)).recipients[0].address == "bob@example.net"


def test_a_report_with_its_status_in_base64_is_read() -> None:
    raw = status_report("").replace(
        b"Content-Type: message/delivery-status\n\n",
        b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
        b"UmVwb3J0aW5nLU1UQTogZG5zOyBteAoKRmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGJvYkBleGFt\n"
        b"cGxlLm5ldApBY3Rpb246IGZhaWxlZApTdGF0dXM6IDUuMi4yCg==\n",
    )

    assert _read(raw).recipients[0].kind == Kind.FULL


def test_a_report_with_line_ends_of_smtp_is_read_the_same() -> None:
    raw = status_report(failed("bob@example.net", "5.1.1", UNKNOWN))

    assert read_bounce(raw.replace(b"\n", b"\r\n")) == read_bounce(raw)


def test_a_complaint_of_a_reader_is_a_complaint() -> None:
    report = _read(complaint(more="Original-Rcpt-To: <bob@example.net>\n"))

    assert report == Report(
        Read.COMPLAINT,
        (Recipient("bob@example.net", Kind.COMPLAINT, "abuse"),),
        message_id="post@example.org",
        return_path="talk-bounces+abc@lists.example.org",
    )


def test_a_complaint_that_hides_its_reader_still_tells_the_return_path() -> None:
    report = _read(complaint())

    assert [one.kind for one in report.recipients] == [Kind.COMPLAINT]
    assert report.return_path == "talk-bounces+abc@lists.example.org"


def test_a_reader_who_says_that_it_is_no_spam_complains_of_nothing() -> None:
    assert [one.kind for one in _read(complaint("not-spam")).recipients] == [Kind.ARRIVED]


@pytest.mark.parametrize(
    "raw",
    [
        reply(more="Auto-Submitted: auto-replied\n"),
        reply(more="Auto-Submitted: auto-replied (vacation)\nReturn-Path: <>\n"),
        reply(more="X-Autoreply: yes\n"),
        reply(more="X-Autorespond: Talk\n"),
        reply(more="Precedence: auto_reply\n"),
        reply("Automatic reply: Talk"),
        reply("Out of Office: Talk"),
        reply("Réponse automatique : Talk"),
        reply("Respuesta automática: Talk"),
        reply("Автоответ: Talk"),
        reply("رد تلقائي: Talk"),
        reply("自动回复: Talk"),
        reply(more="Auto-Submitted: auto-generated\n"),
    ],
)
def test_an_automatic_reply_to_the_return_path_is_no_bounce(raw: bytes) -> None:
    report = _read(raw)

    assert report.read == Read.AUTO_REPLY
    assert [one.kind for one in report.recipients] == [Kind.AUTO_REPLY]


def test_a_receipt_that_a_message_was_opened_is_no_bounce() -> None:
    raw = status_report(failed("bob@example.net", "5.1.1")).replace(
        b"delivery-status", b"disposition-notification"
    )

    assert _read(raw).read == Read.AUTO_REPLY


def test_a_report_that_calls_itself_an_automatic_reply_is_a_bounce() -> None:
    raw = status_report(failed("bob@example.net", "5.1.1"), more="Auto-Submitted: auto-replied\n")

    assert _read(raw).read == Read.STATUS


EXIM = b"""Return-Path: <>
From: Mail Delivery System <Mailer-Daemon@mx.example.net>
Auto-Submitted: auto-replied
X-Failed-Recipients: bob@example.net
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered. The following address failed:

  bob@example.net
    %s

------ This is a copy of the message, including all the headers. ------

Subject: spam, virus and a policy violation are what we talk about
"""

QMAIL = b"""From: MAILER-DAEMON@mx.example.net
Subject: failure notice

Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<bob@example.net>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
"""


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (EXIM % b"host mx [192.0.2.1]: 550 No such user here", Kind.ADDRESS),
        (EXIM % b"mailbox is full: retry timeout exceeded", Kind.FULL),
        (EXIM % b"host mx [192.0.2.1]: 554 5.7.1 rejected as spam", Kind.CONTENT),
        (QMAIL, Kind.ADDRESS),
    ],
)
def test_servers_without_a_standard_are_understood(raw: bytes, kind: Kind) -> None:
    report = _read(raw)

    assert report.read == Read.GUESSED
    assert [(one.address, one.kind) for one in report.recipients] == [("bob@example.net", kind)]


def test_a_report_with_raw_8_bit_fields_is_understood() -> None:
    raw = (EXIM % b"550 No such user here").replace(b"Subject: Mail", "Subject: Прочее".encode())

    assert _read(raw).recipients[0].kind == Kind.ADDRESS


def test_words_that_only_look_like_a_bounce_accuse_nobody() -> None:
    body = "This is the Postfix program at host mx.example.net.\n\n<bob@example.net>: hm\n"

    assert read_bounce(mail(body=body)) is None


def test_what_a_person_wrote_to_the_return_path_is_no_report() -> None:
    assert read_bounce(mail(body="What is this address?")) is None


def test_the_boundary_that_a_field_only_promises_hides_nothing() -> None:
    raw = status_report(failed("bob@example.net", "5.1.1")).replace(b'boundary="b/1"', b"x=y")

    assert read_bounce(raw) is None or _read(raw).recipients


PIECES = [
    b"Content-Type: multipart/report; boundary=b\n", b"Content-Type: message/delivery-status\n",
    b"Content-Type: message/feedback-report\n", b"\n", b"\r\n\r\n", b"--b\n", b"--b--\n",
    b"Final-Recipient: rfc822;", b"Final-Recipient:", b"Original-Recipient: ;;<>\n",
    b"Action: failed\n", b"Status: 5.1.1\n", b"Status: 99999.99999\n", b"Message-ID: <[x]>\n",
    b"From: <>\n", b"From: mailer-daemon\n", b"From: a:b;,\n", b"\xff\xfe\x00", b" ", b"\t",
    b"Content-Transfer-Encoding: base64\n", b"Content-Type: text/plain; charset=nonsense\n",
    b"X-Failed-Recipients: ,,\xff@\n", b"Subject: =?x?b?!!!?=\n", b"ann@example.org",
    b"Content-Type: message/rfc822\n", b"Diagnostic-Code: \n", b"Auto-Submitted: ;\n",
    b"Feedback-Type:\n", b"Hi. This is the\n", b"This is the Postfix program\n", b"<ann@b>:\n",
    b"Remote host said: 550\n", b"--- Below this line is a copy of the message.\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=60).map(b"".join))
def test_no_bytes_make_the_reader_of_bounces_raise(raw: bytes) -> None:
    report = read_bounce(raw)

    assert report is None or report.recipients


@given(st.randoms(use_true_random=False), st.integers(0, 800))
def test_a_report_that_breaks_off_or_is_garbled_does_not_raise(
    chance: random.Random, cut: int
) -> None:
    raw = bytearray(status_report(failed("bob@example.net", "5.1.1", UNKNOWN))[:cut])
    for _ in range(min(5, len(raw))):
        raw[chance.randrange(len(raw))] = chance.randrange(256)

    read_bounce(bytes(raw))


@pytest.mark.parametrize(
    "raw",
    [
        status_report(*[failed(f"u{n}@example.net", "5.1.1") for n in range(20_000)]),
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000 + b"--b--\n",
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
        ),
        b"Content-Type: message/rfc822\n\n" * 5_000,
        b"From: mailer-daemon\n\n" + b"<" * 500_000,
        b"From: mailer-daemon\n\n" + b"a@" * 500_000,
        b"From: mailer-daemon\n\n" + b"This is the Postfix program\n" + b"<a@b.c>: \n" * 50_000,
        b"Subject: " + b" \n" * 300_000,
        b"\n" + b"a.b" * 200_000,
    ],
    ids=["recipients", "parts", "depth", "enclosed", "brackets", "ats", "postfix", "folds", "dots"],
)
def test_a_monstrous_report_is_read_in_a_moment(raw: bytes) -> None:
    begun = time.process_time()

    read_bounce(raw)

    assert time.process_time() - begun < 2
