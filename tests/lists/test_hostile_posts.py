"""Posts that mean no good: every one is read, judged once, and nothing raises."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.judging import (
    Accept,
    Authentic,
    Confirm,
    Drop,
    Hold,
    Known,
    Policy,
    Reason,
    Refuse,
    judge,
    may_be_answered,
    signs,
)
from tests.lists.posts import ANN, LIST, POLICY, PROVEN, SUBSCRIBER, attachment, signs_of
from tests.lists.test_hostile_mail import HOSTILE, nested, parts

HEAD = f"From: {ANN}\r\nTo: {LIST}\r\n".encode()
WORDS = b"\r\nWords.\r\n"


def enclosed(depth: int, inside: bytes) -> bytes:
    """Enclose a mail in mails."""
    for _ in range(depth):
        inside = b"Content-Type: message/rfc822\r\n\r\n" + inside
    return HEAD + inside


LINE_SIX = {
    "an empty Message-ID": HEAD + b"Message-ID: <>\r\n" + WORDS,
    "a Message-ID in brackets": HEAD + b"Message-ID: <[x]>\r\n" + WORDS,
    "an unknown charset": HEAD + b"Content-Type: text/plain; charset=klingon\r\n" + WORDS,
    "no Message-ID": HEAD + WORDS,
    "two Message-IDs": HEAD + b"Message-ID: <a@b>\r\nMessage-ID: <c@d>\r\n" + WORDS,
    "a folded Message-ID": HEAD + b"Message-ID:\r\n <a@b>\r\n" + WORDS,
    "two From": b"From: a@b.example\r\n" + HEAD + WORDS,
    "two authors": f"From: {ANN}, b@example.com\r\nTo: {LIST}\r\n".encode() + WORDS,
    "a group as From": f"From: Us: {ANN}, b@example.com;\r\nTo: {LIST}\r\n".encode() + WORDS,
    "an empty group": f"From: Us:;\r\nTo: {LIST}\r\n".encode() + WORDS,
    "31 February": HEAD + b"Date: 31 Feb 2026 25:61:00 +9999\r\n" + WORDS,
    "3,000 references": HEAD + b"References: " + b"<a@b>\r\n " * 3000 + b"<c@d>\r\n" + WORDS,
    "NUL": HEAD + b"Subject: a\0b\r\n" + WORDS + b"\0",
    "10,000 parts": HEAD + parts(10_000),
    "mails in mails": enclosed(100, HEAD + WORDS),
    "parts in parts": HEAD + nested(2000),
    "uuencode": HEAD + b"\r\nbegin 644 a.txt\r\n#86)C\r\n`\r\nend\r\n",
    "winmail.dat": attachment("winmail.dat", "application/ms-tnef"),
    "raw 8-bit headers": HEAD + b"Subject: caf\xe9 \xff\xfe\r\nCc: \xe9@\xff\r\n" + WORDS,
    "no Date": HEAD + b"Subject: s\r\n" + WORDS,
    "no blank line": HEAD + b"Words that are no field",
    "a bare CR": HEAD + b"Subject: a\rX-Spam: Yes\r\n" + WORDS,
    "a From of a megabyte": b"From: " + b'"(' * 500_000 + b"\r\n" + WORDS,
    "a To of a megabyte": HEAD + b"Cc: " + b"a@" * 500_000 + b"\r\n" + WORDS,
    "a megabyte of blanks": HEAD + b"Subject: " + b" \t" * 500_000 + b"x\r\n" + WORDS,
    **HOSTILE,
}


@pytest.mark.parametrize("raw", LINE_SIX.values(), ids=LINE_SIX.keys())
def test_hostile_input_is_judged_quickly_and_raises_nothing(raw: bytes) -> None:
    begun = process_time()

    verdict = judge(signs(raw, ANN), PROVEN, POLICY, SUBSCRIBER)

    assert isinstance(verdict, Accept | Hold | Confirm | Refuse | Drop)
    assert process_time() - begun < 2


def test_several_from_are_held_however_they_are_written() -> None:
    for name in ("two From", "two authors", "a group as From"):
        verdict = judge(signs(LINE_SIX[name], ANN), PROVEN, POLICY, SUBSCRIBER)
        assert isinstance(verdict, Hold)
        assert Reason.SEVERAL_AUTHORS in verdict.reasons


def test_a_from_of_nobody_is_held_and_not_answered() -> None:
    found = signs(LINE_SIX["an empty group"], ANN)

    assert judge(found, PROVEN, POLICY, SUBSCRIBER) == Hold((Reason.NO_AUTHOR, Reason.UNPROVEN))
    assert not may_be_answered(found)


@pytest.mark.parametrize(
    "written",
    [
        f"{ANN} <evil@example.com>",
        f"evil@example.com <{ANN}>",
        f'"a" <{ANN}> <evil@example.com>',
        f"<{ANN}>, ",
        "ann@example.org(@example.com>",
    ],
)
def test_a_from_that_programs_read_differently_is_never_from_a_member(written: str) -> None:
    found = signs(f"From: {written}\r\nTo: {LIST}\r\n\r\nWords.\r\n".encode(), ANN)

    verdict = judge(found, PROVEN, POLICY, SUBSCRIBER)

    assert not found.is_clear
    assert isinstance(verdict, Hold)


def test_an_address_in_the_authors_name_is_only_a_name() -> None:
    found = signs(f'From: "bob@example.com" <{ANN}>\r\nTo: {LIST}\r\n\r\nWords.\r\n'.encode(), ANN)

    assert (found.authors, found.is_clear) == ((ANN,), True)


def test_a_hidden_recipient_is_held() -> None:
    hidden = signs(f"From: {ANN}\r\nBcc: {LIST}\r\n\r\nWords.\r\n".encode(), ANN)

    assert judge(hidden, PROVEN, POLICY, SUBSCRIBER) == Hold((Reason.NOT_NAMED,))


@pytest.mark.parametrize("field", ["To: x@example.org", "Subject: Other", "Date: now"])
def test_a_field_that_stands_twice_is_held(field: str) -> None:
    doubled = signs_of(f"{field}\r\n{field}\r\n")

    verdict = judge(doubled, PROVEN, POLICY, SUBSCRIBER)

    assert verdict == Hold((Reason.DOUBLED_FIELDS,))


@pytest.mark.parametrize(
    ("name", "kind", "body"),
    [
        ("a.EXE", "application/octet-stream", "eA=="),
        ("a.exe.", "application/octet-stream", "eA=="),
        ("=?utf-8?b?YS5leGU=?=", "application/octet-stream", "eA=="),
        ("photo.jpg", "image/jpeg", "TVqQAAMAAAA="),
        ("a.bin", "application/x-msdownload", "eA=="),
        ("a.scr", "text/plain", "eA=="),
        ("a\u202efdp.exe", "application/pdf", "eA=="),
    ],
)
def test_programs_are_found_by_name_type_and_first_bytes(name: str, kind: str, body: str) -> None:
    assert signs(attachment(name, kind, body), ANN).executables


@pytest.mark.parametrize("name", ["report.pdf", "exe", "text.docx", "example.com.pdf", "a.tar.gz"])
def test_papers_are_no_programs(name: str) -> None:
    assert signs(attachment(name), ANN).executables == ()


def test_a_program_in_an_enclosed_mail_or_in_uuencode_is_found_too() -> None:
    uuencoded = HEAD + b"\r\nSee:\r\nbegin 644 a.exe\r\n#86)C\r\n`\r\nend\r\n"

    assert signs(enclosed(2, attachment("a.exe")), ANN).executables == ("a.exe",)
    assert signs(uuencoded, ANN).executables == ("a.exe",)


def test_a_mail_that_was_not_looked_at_to_its_end_is_held() -> None:
    for name in ("10,000 parts", "mails in mails", "parts in parts"):
        verdict = judge(signs(LINE_SIX[name], ANN), PROVEN, POLICY, SUBSCRIBER)
        assert verdict == Hold((Reason.OVERFULL,))


@pytest.mark.parametrize(
    ("more", "is_spam", "score"),
    [
        ("X-Spam: Yes\r\n", True, None),
        ("X-Spam-Flag: YES\r\n", True, None),
        ("X-Spam-Status: Yes, score=7.1 required=5.0 tests=X\r\n", True, 7.1),
        ("X-Spam-Status: No, score=-1.9 required=5.0\r\n", False, -1.9),
        ("X-Spamd-Result: default: False [1.50 / 15.00];\r\n\tR_X(1.0)[]\r\n", False, 1.5),
        ("X-Rspamd-Score: 6.25\r\n", False, 6.25),
        ("X-Rspamd-Action: add header\r\n", True, None),
        ("X-Spam-Level: *****\r\n", False, 5.0),
        ("X-Spam-Status: No, score=0\r\nX-Spam: Yes\r\nX-Rspamd-Score: 9\r\n", True, 9.0),
        ("X-Spam-Status: maybe score=1.2.3.4\r\nX-Spam-Level: none\r\n", False, 1.2),
    ],
)
def test_the_verdicts_of_rspamd_and_spamassassin_are_read_and_the_worst_counts(
    more: str, is_spam: bool, score: float | None
) -> None:
    found = signs_of(more)

    assert (found.is_spam, found.spam_score) == (is_spam, score)


def test_a_score_at_the_lists_threshold_is_spam() -> None:
    policy = Policy(POLICY.address, POLICY.list_id, spam_threshold=6)

    assert judge(signs_of("X-Rspamd-Score: 6\r\n"), PROVEN, policy, SUBSCRIBER) == Hold(
        (Reason.SPAM,)
    )
    assert judge(signs_of("X-Rspamd-Score: 5.9\r\n"), PROVEN, policy, SUBSCRIBER) == Accept()


PIECES = st.sampled_from(
    [b"From: a@b\n", b"From: (", b"To: talk@lists.example.net\n", b"List-Id: <", b"List-Post: ",
     b"mailto:%ff", b"Auto-Submitted: ", b"X-Spam-Status: Yes score=", b"9" * 30, b"Received: x\n",
     b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: message/rfc822\n", b"--b\n",
     b"Content-Disposition: attachment; filename*0*=x''%", b"\n", b" ", b"\r", b"\0", b"\xff", b">"]
)  # fmt: skip


@given(st.binary(max_size=300) | st.lists(PIECES, max_size=30).map(b"".join), st.text(max_size=40))
def test_no_bytes_raise_and_judging_is_total(raw: bytes, envelope: str) -> None:
    found = signs(raw, envelope)

    verdict = judge(found, Authentic(), POLICY, Known())

    assert isinstance(verdict, Accept | Hold | Refuse | Drop)
    assert may_be_answered(found) in (True, False)


@given(st.binary(max_size=300) | st.lists(PIECES, max_size=30).map(b"".join))
def test_nothing_unproven_is_ever_accepted(raw: bytes) -> None:
    verdict = judge(signs(raw, ANN), Authentic(), Policy(LIST, "x", may_post="anyone"), SUBSCRIBER)

    assert not isinstance(verdict, Accept)
