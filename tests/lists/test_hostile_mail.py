"""Mail that means no good, or never learnt better: nothing raises, nothing takes long."""

from email import message_from_bytes
from email.policy import compat32
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.formats.mailbox import source_at
from intersession.lists.formats.pressing import press
from intersession.lists.rules.mime import part_of
from intersession.lists.rules.parsing import parsed
from tests.lists.mail import LATEST
from tests.shared_data import shared


def nested(depth: int) -> bytes:
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)
    )
    return b"Subject: deep\n" + head + b"Content-Type: text/plain\n\nAt the bottom.\n"


def parts(count: int) -> bytes:
    piece = b"--b\nContent-Type: application/x-small\n\nx\n"
    return (
        b"Subject: many\nContent-Type: multipart/mixed; boundary=b\n\n" + piece * count + b"--b--\n"
    )


def test_ten_thousand_parts_are_read_in_no_time_and_the_first_thousand_are_files() -> None:
    begun = process_time()

    found = parsed(parts(10_000), latest=LATEST)

    assert len(found.files) == 1000
    assert process_time() - begun < 5


def test_parts_within_parts_ten_thousand_deep_do_not_break_the_reader() -> None:
    assert parsed(nested(10_000), latest=LATEST).subject == "deep"
    assert parsed(nested(20), latest=LATEST).text.strip() == "At the bottom."


HOSTILE = {
    "empty": b"",
    "only a body": b"\nWords alone.\n",
    "no blank line": b"Subject: s\nWords that are no field\nmore",
    "a field of a megabyte": b"Subject: " + b"x" * 1_000_000 + b"\n\nWords.",
    "3,000 references": b"References: " + b"<a@b>\n " * 3000 + b"\n\nWords.",
    "a boundary that never comes": b"Content-Type: multipart/mixed; boundary=zz\n\nWords.",
    "no boundary": b"Content-Type: multipart/mixed\n\nWords.",
    "an empty boundary": b'Content-Type: multipart/mixed; boundary=""\n\nWords.',
    "broken base64": b"Content-Transfer-Encoding: base64\n\n====Zg\xff!!",
    "broken quoted-printable": b"Content-Transfer-Encoding: quoted-printable\n\n=ZZ=\n=F",
    "broken uuencode": b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\nM\xff\xff\nend",
    "a megabyte of @": b"Subject: s\n\n" + b"a@" * 500_000,
    "a megabyte of one word": b"Subject: s\n\n" + b"a." * 500_000 + b"@",
    "open comments": b"Content-Type: text/html\n\n" + b"<!--" * 100_000,
    "open tags": b"Content-Type: text/html\n\n" + b"<div><a href='" * 20_000,
    "quotes in quotes": b"Subject: s\n\n" + b">" * 500_000,
    "a type of nonsense": b'Content-Type: ;;;"\nContent-Disposition: ;\n\nWords.',
    "a name in pieces": b"Content-Type: a/b; name*0*=utf-8''%F; name*1=x; name*x=y\n\nWords.",
    "begin without end": b"Subject: s\n\n" + b"begin 644 a\n" * 20_000 + b"\nend",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_mail_is_pressed_quickly_and_raises_nothing(raw: bytes) -> None:
    begun = process_time()

    pressed = press(raw, "", LATEST)

    assert len(pressed.permalink) == 32
    assert process_time() - begun < 5


@given(st.binary(max_size=600))
def test_no_bytes_raise(raw: bytes) -> None:
    press(raw, "From nobody", LATEST)


SIGNS = st.sampled_from([b"a", b"@", b"<", b">", b" ", b"\xff", b"\0", b"=?x?q?=00=FF?=", b'"'])


@given(st.lists(SIGNS, max_size=12).map(b"".join))
def test_whatever_stands_in_a_field_can_be_stored(value: bytes) -> None:
    names = [b"Message-ID", b"From", b"Subject", b"References", b"Content-Language"]
    head = b"".join(b"%s: %s\n" % (name, value) for name in names)
    part = b"--b\nContent-Type: a/b; name=" + value + b"\n\nx\n--b--\n"
    raw = head + b"Content-Type: multipart/mixed; boundary=b\n\n" + part

    pressed = press(raw, "", LATEST)

    words = [word for word in pressed if isinstance(word, str)]
    words += [word for file in pressed.files for word in (file.name, file.type)]
    for word in words:
        assert "\0" not in word
        word.encode()


@given(
    st.lists(
        st.sampled_from(
            [
                b"Content-Type: multipart/mixed; boundary=b\n",
                b"Content-Type: text/html\n",
                b"Content-Type: message/rfc822\n",
                b"Content-Transfer-Encoding: base64\n",
                b"Subject: =?utf-8?q?=FF?=\n",
                b"Date: 31 Feb\n",
                b"From: @\n",
                b"--b\n",
                b"--b--\n",
                b"x\r\n",
                b"> q\n",
                b"\n",
            ]
        ),
        max_size=25,
    )
)
def test_no_arrangement_of_pieces_raises(pieces: list[bytes]) -> None:
    press(b"".join(pieces), "", LATEST)


TORTURE = "data/mail/messages"


def test_every_torture_message_is_read_or_named() -> None:
    pieces = [
        piece
        for folder in sorted(Path(shared(TORTURE)).iterdir())
        for piece in source_at(folder).pieces()
    ]

    pressed = [press(piece.raw, piece.envelope, LATEST) for piece in pieces if not piece.problem]

    assert len(pressed) > 150
    assert all(piece.problem or piece.raw for piece in pieces)


def test_the_fields_are_those_that_the_standard_library_finds() -> None:
    for path in sorted(shared(f"{TORTURE}/jsmime").iterdir()):
        raw = path.read_bytes()
        if raw.startswith(b"From "):
            raw = raw.partition(b"\n")[2]
        expected = {
            name.lower(): str(value)
            for name, value in reversed([*message_from_bytes(raw, policy=compat32).raw_items()])
        }
        found = part_of(raw).fields
        assert {name: value.split() for name, value in found.items()} == {
            name: value.split() for name, value in expected.items()
        }


@pytest.mark.parametrize("stray", ["", "</b>"])
def test_a_page_a_hundred_thousand_elements_deep_is_read_in_seconds(stray: str) -> None:
    page = f"Content-Type: text/html\n\n{f'<div>{stray}' * 80_000}Said below.".encode()
    begun = process_time()

    mail = parsed(page, envelope="", latest=LATEST)

    assert mail.text == "Said below."
    assert process_time() - begun < 5


@pytest.mark.parametrize("field", ["(" * 20_000, "ann@example.org," * 100_000])
def test_an_endless_from_field_is_read_in_a_moment(field: str) -> None:
    begun = process_time()

    parsed(f"From: {field}\n\nHello".encode(), envelope="", latest=LATEST)

    assert process_time() - begun < 1
