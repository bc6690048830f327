"""The head of a message, edited byte by byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.composing.heads import Head

pieces = st.sampled_from([
    b"From: a@example.org", b"Subject: one\r\n two", b"\n", b"\r\n", b"\r\n\r\n", b"\n\n", b" ",
    b"\t folded", b"X: \xff\xfe", b"Y:\0", b"no field at all", b"From me Sat", b":", b"\r", b"Z :",
    b"List-Id: <x>", b"list-post: y", b"text\r\n.\r\n", b"\xe2\x80\xa8",
])  # fmt: skip
anything = st.lists(pieces | st.binary(max_size=20), max_size=30).map(b"".join)


@given(anything)
def test_a_head_that_is_not_edited_gives_every_byte_back(raw: bytes) -> None:
    assert bytes(Head.of(raw)) == raw


@given(anything, st.sampled_from([[], ["List-*"], ["From", "X"], ["subject", "z"]]))
def test_what_is_not_taken_out_stays_byte_for_byte(raw: bytes, names: list[str]) -> None:
    head = Head.of(raw)

    edited = head.without(names).with_first([b"New: field\r\n folded"])

    assert edited.body == head.body
    kept = [one.rstrip(b"\r\n") for one in head.without(names).fields]
    assert [one.rstrip(b"\r\n") for one in edited.fields[1:]] == kept


@given(anything)
def test_a_head_that_was_edited_is_read_as_it_was_meant(raw: bytes) -> None:
    edited = Head.of(raw).with_first([b"New: field"])
    whole = edited.block + edited.end + edited.body

    assert Head.of(whole).fields == edited.fields or edited.envelope
    assert Head.of(whole).body == edited.body


def test_three_thousand_fields_are_kept_in_order() -> None:
    raw = b"".join(b"X-%d: %d\r\n\tfolded\r\n" % (n, n) for n in range(3_000)) + b"\r\nbody"

    edited = Head.of(raw).without(["X-1500"])

    assert len(edited.fields) == 2_999
    assert edited.fields[1_500] == b"X-1501: 1501\r\n\tfolded\r\n"
    assert edited.body == b"body"


def test_a_message_without_an_empty_line_has_its_body_where_fields_end() -> None:
    head = Head.of(b"Subject: one\nwords that are no field\nX: not one either\n")

    assert head.fields == (b"Subject: one\n",)
    assert head.body == b"words that are no field\nX: not one either\n"


def test_the_from_line_of_a_mailbox_is_no_field() -> None:
    head = Head.of(b"From me@example.org Sat Nov 21\nSubject: one\n\nbody\n")

    assert head.envelope == b"From me@example.org Sat Nov 21\n"
    assert head.fields == (b"Subject: one\n",)


def test_new_fields_end_their_lines_as_the_message_does() -> None:
    assert bytes(Head.of(b"A: b\n\nc").with_first([b"N: m\r\n o"])) == b"N: m\n o\nA: b\n\nc"
    assert bytes(Head.of(b"A: b").with_first([b"N: m"])) == b"N: m\r\nA: b\r\n"


@pytest.mark.parametrize(
    "line", [b"No field", b"A: b\r\nB: c", b"A: b\n\nbody", b"A: b\r\n", b"A: \rb", b"A: \0", b""]
)
def test_a_field_that_would_smuggle_another_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="field"):
        Head.of(b"A: b\r\n\r\n").with_first([line])
