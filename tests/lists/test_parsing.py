"""One message read: what it says, whatever state it is in."""

import base64
from datetime import UTC, datetime

import pytest

from intersession.lists.rules.bodies import file_at
from intersession.lists.rules.headers import masked, moment, writer
from intersession.lists.rules.mime import part_of
from intersession.lists.rules.parsing import Parsed, parsed
from tests.lists.mail import LATEST, mail


def read(raw: bytes, envelope: str = "") -> Parsed:
    return parsed(raw, envelope=envelope, latest=LATEST)


def with_fields(*fields: str, body: str = "Words.") -> Parsed:
    return read(("\n".join(fields) + "\n\n" + body).encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    "field", ["", "Message-ID:", "Message-ID: <>", "Message-ID: <[x]> <", "Message-ID: a b"]
)
def test_a_message_without_an_id_worth_the_name_gets_a_stable_one(field: str) -> None:
    one = with_fields("Subject: s", *filter(None, [field]))
    two = with_fields("Received: by here; today", "Subject: s", *filter(None, [field]))

    if "[x]" not in field:
        assert one.message_id.endswith("@content.invalid")
    assert one.message_id == two.message_id


def test_what_servers_add_and_how_lines_end_does_not_change_the_content() -> None:
    plain = mail("a@x", "Two\nlines.")

    other = read(b"Received: by b; 1 Nov 2026 10:00:01 +0000\r\n" + plain.replace(b"\n", b"\r\n"))

    assert other.content == read(plain).content
    assert read(mail("a@x", "Two\nother lines.")).content != other.content


@pytest.mark.parametrize(
    ("date", "dated_by"),
    [
        ("Sat, 21 Nov 2026 10:00:00 +0200", "date"),
        ("31 Feb 2020 10:00:00 +0000", "received"),
        ("Mon, 99 Nov 2026 25:61:00", "received"),
        ("1 Jan 2090 10:00:00 +0000", "received"),
        ("Thu, 01 Jan 1901 00:00:00 +0000", "received"),
        ("tomorrow", "received"),
        ("9" * 500, "received"),
    ],
)
def test_a_date_that_is_none_is_taken_from_the_server_that_received(
    date: str, dated_by: str
) -> None:
    found = with_fields(f"Date: {date}", "Received: by b;\n Fri, 20 Nov 2026 09:00:00 +0000")

    assert found.dated_by == dated_by
    if dated_by == "received":
        assert found.at == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_without_any_other_date_the_mailbox_or_the_arrival_tells_it() -> None:
    line = "From x@example.org Tue Jan  1 19:07:39 2013"

    assert read(b"Subject: s\n\nWords.", line).at == datetime(2013, 1, 1, 19, 7, 39, tzinfo=UTC)
    assert read(b"Subject: s\n\nWords.").dated_by == "arrival"


@pytest.mark.parametrize(
    ("field", "name", "address"),
    [
        ("Ann <ann@example.org>", "Ann", "ann@example.org"),
        ('"Ann, B." <ANN@Example.ORG>', "Ann, B.", "ann@example.org"),
        ("pd at cbs.example (Peter D)", "Peter D", "pd@cbs.example"),
        ("=?utf-8?q?Zo=C3=AB?= <z@example.org>", "Zoë", "z@example.org"),
        ("=?x-none?b?w6k=?= <z@example.org>", "é", "z@example.org"),
        ('"ann@example.org" <list@example.org>', "ann@…", "list@example.org"),
        ("A group: one@example.org, two@example.org;", "one", "one@example.org"),
        ('"Ann <ann@example.org', "ann", "ann@example.org"),
        ("caf\udce9 <c@example.org>", "café", "c@example.org"),
        ("", "", ""),
    ],
)
def test_writers_are_read_as_they_are_met(field: str, name: str, address: str) -> None:
    found = with_fields(f"From: {field}")

    assert (found.name, found.address) == (name, address)


def test_of_two_from_fields_the_first_counts() -> None:
    assert with_fields("From: a@example.org", "From: b@example.org").address == "a@example.org"


def test_addresses_are_masked_in_text_subject_and_in_pipermail_form() -> None:
    assert masked("write to ann.b+c@lists.example.org, or me") == "write to ann.b+c@..., or me"
    assert masked("@ alone, a @ b") == "@ alone, a @ b"
    found = with_fields(
        "From: pd at cbs.example (P)",
        "Subject: for x@example.org",
        body="ask ann at lists.example.org",
    )
    assert found.subject == "for x@…"
    assert found.text == "ask ann@..."


@pytest.mark.parametrize(
    "label", ["x-unknown-8bit", "utf-8", "nonsense", "base64", "undefined", "=?"]
)
def test_bytes_that_fit_no_charset_are_still_read(label: str) -> None:
    raw = b"Content-Type: text/plain; charset=" + label.encode() + b"\n\ncaf\xe9 words\x00"

    assert read(raw).text == "café words"


@pytest.mark.parametrize(
    ("label", "octets"),
    [
        ("koi8-r", "привет"),
        ("gb2312", "会议讨论"),
        ("iso-2022-jp", "会議"),
        ("ks_c_5601-1987", "제안"),
    ],
)
def test_charsets_of_the_world_are_read(label: str, octets: str) -> None:
    raw = f"Content-Type: text/plain; charset={label}\n\n".encode() + octets.encode(
        label.replace("ks_c_5601-1987", "cp949")
    )

    assert read(raw).text == octets


def test_plain_text_is_preferred_and_html_is_told_in_words() -> None:
    both = (
        b"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n"
        b"<p>Rich</p>\n--b\nContent-Type: text/plain\n\nPlain\n--b--\n"
    )
    page = (
        b"Content-Type: text/html\n\n<style>x</style><script>alert(1)</script><p>One &amp; two</p>"
        b"<blockquote>said</blockquote><a href='https://example.org/a'>there</a><ul><li>x</ul>"
    )

    assert read(both).text == "Plain"
    assert read(page).text == "One & two\n\n> said\n\nthere (https://example.org/a)\n• x"


def test_files_are_known_by_name_type_size_and_digest_and_can_be_fetched() -> None:
    octets = bytes(range(256)) * 10
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee the file.\n--b\n"
        b"Content-Type: application/pdf\nContent-Disposition: attachment;\n"
        b" filename*=utf-8''..%2Fr%C3%A9sum%C3%A9.pdf\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(octets)
        + b"--b\nContent-Type: message/rfc822\n\nSubject: inner\n\nWords.\n--b--\n"
    )

    found = read(raw)

    assert found.text.strip() == "See the file."
    assert [(f.name, f.type, f.size) for f in found.files] == [
        ("résumé.pdf", "application/pdf", 2560),
        ("", "message/rfc822", 22),
    ]
    assert file_at(part_of(raw), 0) == octets
    assert file_at(part_of(raw), 2) is None


def test_uuencoded_lines_in_text_are_named_and_not_shown() -> None:
    body = "See:\nbegin 644 a.gif\n" + "M" + "=" * 60 + "\n`\nend\nThat was it."

    assert read(mail("a@x", body)).text == "See:\n[a.gif]\nThat was it.\n"


def test_moments_carry_their_zone() -> None:
    assert moment("Fri, 20 Nov 2026 10:00:00 -0500", latest=LATEST) == datetime(
        2026, 11, 20, 15, tzinfo=UTC
    )


def test_a_writer_is_read_the_same_way_twice() -> None:
    assert writer("Ann <ann@example.org>") == writer("Ann <ann@example.org>")
