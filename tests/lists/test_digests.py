"""Digests as they are written, read back by the standard library."""

import email
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.digesting import (
    Edition,
    Enclosed,
    Entry,
    Style,
    Words,
    digest,
    message_id,
)
from intersession.lists.rules.judging.reading import signs
from tests.lists.mail import mail

AT = datetime(2026, 11, 21, 6, tzinfo=UTC)
WORDS = Words(
    subject="dc3 Digest, Vol 2, Issue 14",
    preface="What was written on 20 November 2026 (UTC). To answer a post, open it in the archive.",
    contents="In this digest:",
    shortened="This post is too large for a digest. All of it:",
)
EDITION = Edition(
    name="dc3",
    title="Community Connectivity",
    sender="dc3-request@lists.example.org",
    to="dc3@lists.example.org",
    message_id="<d.6f1c@lists.example.org>",
    at=AT,
    volume=2,
    issue=14,
    reply_to="dc3@lists.example.org",
    language="en",
    fields=(b"List-Id: <dc3.lists.example.org>", b"Precedence: list"),
)
WAY = (
    "Received: from a by b\nReturn-Path: <ann@example.org>\nDelivered-To: dc3@lists.example.org\n"
    "Disposition-Notification-To: ann@example.org\nDKIM-Signature: v=1\nX-Secret: 1\n"
)
PLAIN = mail(body="Hello.\n\nBye.", more=WAY)
BASE64 = mail(
    "two@example.org",
    "R3LDvMOfZSBhdXMgWsO8cmljaC4=",
    more="MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: base64\n",
)
EIGHT = mail("three@example.org", "Привет, мир.", subject="=?utf-8?b?0J/RgNC40LLQtdGC?=")


def _entry(place: int, subject: str = "Talk", name: str = "Ann") -> Entry:
    url = f"https://lists.example.org/m/{place}"
    return Entry(place, subject, name, AT - timedelta(hours=place), url)


def _written(
    posts: list[tuple[bytes, str]], style: Style, entries: list[Entry] | None = None
) -> bytes:
    entries = entries or [_entry(place) for place in range(1, len(posts) + 1)]
    made = {entry.number: Enclosed(*post) for entry, post in zip(entries, posts, strict=True)}
    chunks = digest(EDITION, entries, lambda entry: made[entry.number], style=style, words=WORDS)
    return b"".join(chunks)


def _read(raw: bytes) -> EmailMessage:
    return cast("EmailMessage", email.message_from_bytes(raw, policy=policy.default))


def _enclosed(raw: bytes) -> list[EmailMessage]:
    contents = [part for part in _read(raw).walk() if part.get_content_type() == "message/rfc822"]
    return [cast("EmailMessage", part.get_payload(0)) for part in contents]


@pytest.mark.parametrize("style", list(Style))
def test_a_digest_says_what_it_is_and_is_in_no_archive(style: Style) -> None:
    message = _read(_written([(PLAIN, "Hello.")], style))

    assert message["Subject"] == "dc3 Digest, Vol 2, Issue 14"
    assert message["From"] == "Community Connectivity <dc3-request@lists.example.org>"
    assert message["To"] == message["Reply-To"] == "dc3@lists.example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<dc3.lists.example.org>"
    assert message["Message-ID"] == "<d.6f1c@lists.example.org>"
    assert message["Date"].datetime == AT
    assert "Archived-At" not in message
    assert not message.defects


def test_a_whole_digest_begins_with_a_table_of_contents_with_archive_links() -> None:
    raw = _written([(PLAIN, ""), (EIGHT, "")], Style.MIME, [_entry(7), _entry(9, "Привет", "")])
    message = _read(raw)
    first, posts = message.iter_parts()

    assert [part.get_content_type() for part in (message, first, posts)] == [
        "multipart/mixed", "text/plain", "multipart/digest",
    ]  # fmt: skip
    assert first.get_content().replace("\r\n", "\n") == (
        "What was written on 20 November 2026 (UTC). To answer a post, open it in the archive.\n\n"
        "In this digest:\n\n"
        "   1. Talk (Ann)\n      https://lists.example.org/m/7\n"
        "   2. Привет\n      https://lists.example.org/m/9\n"
    )


def test_a_post_in_a_whole_digest_keeps_its_authors_fields_and_its_bytes() -> None:
    enclosed = _enclosed(_written([(PLAIN, ""), (BASE64, ""), (EIGHT, "")], Style.MIME))

    assert [message["Message-ID"] for message in enclosed] == [
        "<one@example.org>", "<two@example.org>", "<three@example.org>",
    ]  # fmt: skip
    assert enclosed[0].keys() == ["Archived-At", "From", "Subject", "Date", "Message-ID"]
    assert enclosed[0]["Archived-At"] == "<https://lists.example.org/m/1>"
    assert enclosed[0].get_content().replace("\r\n", "\n") == "Hello.\n\nBye.\n"
    assert enclosed[1].get_content().strip() == "Grüße aus Zürich."
    assert enclosed[2]["Subject"] == "Привет"


def test_a_body_in_base64_is_not_encoded_again() -> None:
    raw = _written([(BASE64, "")], Style.MIME)

    assert raw.count(b"R3LDvMOfZSBhdXMgWsO8cmljaC4=") == 1
    assert raw.count(b"Content-Transfer-Encoding: base64") == 1


def test_bytes_of_a_post_go_into_a_digest_as_they_are() -> None:
    raw = _written([(EIGHT, "")], Style.MIME)

    assert "Привет, мир.".encode() in raw


def test_a_post_that_imitates_the_boundary_stays_one_post() -> None:
    body = "--=_mixed\n--=_digest--\n" + "-" * 30 + "\n"

    assert len(_enclosed(_written([(mail(body=body), ""), (PLAIN, "")], Style.MIME))) == 2


def test_a_plain_digest_is_laid_out_as_rfc_1153_says() -> None:
    texts = ["\n\nHello.\n" + "-" * 30 + "\nBye.\n\n\n", "Grüße aus Zürich."]
    raw = _written([(PLAIN, texts[0]), (BASE64, texts[1])], Style.PLAIN)
    body = raw.partition(b"\r\n\r\n")[2].decode().replace("\r\n", "\n")

    assert body == (
        "What was written on 20 November 2026 (UTC). To answer a post, open it in the archive.\n\n"
        "In this digest:\n\n"
        "   1. Talk (Ann)\n      https://lists.example.org/m/1\n"
        "   2. Talk (Ann)\n      https://lists.example.org/m/2\n\n"
        + "-" * 70
        + "\n\n"
        + "Date: 1 Nov 2026 10:00:00 +0000\nFrom: Ann <ann@example.org>\nSubject: Talk\n"
        + "Message-ID: <one@example.org>\n\nHello.\n "
        + "-" * 29
        + "\nBye.\n\n"
        + "-" * 30
        + "\n\n"
        + "Date: 1 Nov 2026 10:00:00 +0000\nFrom: Ann <ann@example.org>\nSubject: Talk\n"
        + "Message-ID: <two@example.org>\n\nGrüße aus Zürich.\n\n"
        + "-" * 30
        + "\n\nEnd of dc3 Digest Vol 2, Issue 14\n*********************************\n"
    )


def test_a_plain_digest_shows_encoded_subjects_in_their_letters() -> None:
    raw = _written([(EIGHT, "Привет, мир.")], Style.PLAIN)

    assert "Subject: Привет\r\n".encode() in raw
    assert raw.count(b"=?") == 0


def test_a_continued_field_stays_continued_in_a_plain_digest() -> None:
    raw = _written([(mail(more="Cc: bob@example.net,\n zoe@example.net\n"), "")], Style.PLAIN)

    assert b"Cc: bob@example.net,\r\n zoe@example.net\r\nSubject: Talk\r\n" in raw


def test_a_subject_in_another_script_is_encoded() -> None:
    words = Words("ملخص dc3، المجلد 2، العدد 14", "", "", "")
    raw = b"".join(
        digest(EDITION, [_entry(1)], lambda _: Enclosed(PLAIN, ""), style=Style.PLAIN, words=words)
    )

    assert raw.partition(b"\r\n\r\n")[0].isascii()
    assert _read(raw)["Subject"] == words.subject


def test_posts_are_fetched_one_by_one_while_the_digest_is_written() -> None:
    fetched: list[int] = []

    def fetch(entry: Entry) -> Enclosed:
        fetched.append(entry.number)
        return Enclosed(PLAIN, "")

    chunks: Iterator[bytes] = digest(
        EDITION, [_entry(1), _entry(2)], fetch, style=Style.MIME, words=WORDS
    )
    before = [next(chunks) for _ in range(5)]
    while not fetched:
        next(chunks)

    assert len(before) == 5
    assert fetched == [1]


def test_a_digest_of_nothing_is_not_written() -> None:
    with pytest.raises(ValueError, match="at least one post"):
        _written([], Style.PLAIN)


def test_a_message_without_fields_is_in_a_digest_with_its_words() -> None:
    raw = _written(
        [(b" <h1>Hey</h1>\nthere\n", ""), (b"From x Sat\nSubject: A\n\nB", "")], Style.MIME
    )
    first, second = _enclosed(raw)

    assert first.get_payload() == " <h1>Hey</h1>\r\nthere\r\n"
    assert second.items() == [("Archived-At", "<https://lists.example.org/m/2>"), ("Subject", "A")]


def test_a_post_too_large_for_a_digest_is_there_with_its_beginning_and_its_address() -> None:
    large = mail(
        more="Content-Type: image/png\nContent-Transfer-Encoding: base64\n", body="QUJD" * 2_000_000
    )
    raw = _written([(PLAIN, ""), (large, "Grüße " * 10_000), (EIGHT, "")], Style.MIME)
    first, second, third = _enclosed(raw)
    text = second.get_content()

    assert len(raw) < 30_000
    assert second["Message-ID"] == "<one@example.org>"
    assert text.startswith("Grüße Grüße")
    assert text.endswith(f"{WORDS.shortened}\r\nhttps://lists.example.org/m/2\r\n")
    assert (first["Subject"], third["Subject"]) == ("Talk", "Привет")


def test_a_plain_digest_stays_small_enough_to_be_sent() -> None:
    posts = [(PLAIN, "Words. " * 140_000)] * 20

    assert len(_written(posts, Style.PLAIN)) < 6_000_000


def test_an_answer_to_a_digest_is_known_as_one() -> None:
    name = message_id(14, "a1b2c3d4e5f6", "lists.example.org")
    answer = mail(subject="Re: your post", more=f"In-Reply-To: {name}\n")

    assert signs(answer, "").is_reply_to_digest
    assert signs(mail(subject=f"Re: {WORDS.subject}"), "").is_reply_to_digest


ANY = st.text(st.characters(codec="utf-8"), max_size=200) | st.text(max_size=80)


@given(st.binary(max_size=400), ANY, ANY, ANY, st.sampled_from(Style))
def test_whatever_is_posted_a_digest_has_lines_of_mail_and_no_more_fields(
    raw: bytes, text: str, subject: str, name: str, style: Style
) -> None:
    written = _written([(raw, text), (PLAIN, "")], style, [_entry(1, subject, name), _entry(2)])
    head, _, body = written.partition(b"\r\n\r\n")

    assert head == _written([(PLAIN, "")], style).partition(b"\r\n\r\n")[0]
    assert written.replace(b"\r\n", b"").count(b"\n") == 0
    assert written.replace(b"\r\n", b"").count(b"\r") == 0
    assert body.endswith(b"\r\n")
    if style is Style.MIME:
        assert _enclosed(written)[-1]["Message-ID"] == "<one@example.org>"
    else:
        assert max(map(len, body.split(b"\r\n"))) <= 998
        assert body.split(b"\r\n").count(b"-" * 30) == 2
