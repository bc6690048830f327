"""Archives on disk, cut into messages."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.formats import mailbox, mboxrd
from intersession.lists.formats.mailbox import NotMail, source_at
from tests.lists.mail import mail, mbox
from tests.shared_data import shared

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


def raws(path: Path) -> list[bytes]:
    return [piece.raw for piece in source_at(path).pieces()]


def test_a_mailbox_is_cut_at_its_from_lines_and_escapes_are_taken_back(tmp_path: Path) -> None:
    letters = [mail("a@x", "From here on.\n>From there."), mail("b@x")]
    path = tmp_path / "talk.mbox"
    path.write_bytes(b"".join(mboxrd.entry(letter, AT) for letter in letters))

    assert raws(path) == letters


BODIES = st.lists(
    st.sampled_from(["From x Sat Nov 21 10:00:00 2026", ">From me", "", "words", ">>From", "é"]),
    max_size=8,
).map(lambda lines: ("Subject: s\n\n" + "\n".join(lines) + "\n").encode())


@given(st.lists(BODIES, min_size=1, max_size=4))
def test_what_is_written_as_mboxrd_is_read_back_byte_by_byte(letters: list[bytes]) -> None:
    written = b"".join(mboxrd.entry(letter, AT) for letter in letters)

    assert cut(written) == letters


def cut(octets: bytes) -> list[bytes]:
    from io import BytesIO

    return [piece.raw for piece in mailbox._cut(BytesIO(octets), 0, 0, "talk")]


def test_a_gzipped_mailbox_reads_as_the_plain_one_and_from_any_message_on(tmp_path: Path) -> None:
    path = tmp_path / "talk.mbox.gz"
    path.write_bytes(gzip.compress(mbox(mail("a@x"), mail("b@x"), mail("c@x"))))
    source = source_at(path)
    pieces = list(source.pieces())

    again = list(source.pieces(0, pieces[0].end))

    assert [piece.raw for piece in again] == [piece.raw for piece in pieces[1:]]
    assert source.share(0, pieces[-1].end) == 1.0


def test_a_damaged_gzip_gives_what_it_holds_and_says_where_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "talk.mbox.gz"
    letters = [mail(f"{n}@x", f"{n} words " * 3000) for n in range(60)]
    path.write_bytes(gzip.compress(mbox(*letters))[:-400])

    pieces = list(source_at(path).pieces())

    assert pieces[0].raw == letters[0]
    assert "cannot be read further" in pieces[-1].problem


def test_of_a_gzip_that_breaks_off_all_whole_messages_are_read(tmp_path: Path) -> None:
    path = tmp_path / "talk.mbox.gz"
    letters = [mail(f"{n}@x", f"{n} words " * 10) for n in range(2000)]
    path.write_bytes(gzip.compress(mbox(*letters))[:-40])

    pieces = list(source_at(path).pieces())

    assert len(pieces) > 1900
    assert [piece.raw for piece in pieces[:-1]] == letters[: len(pieces) - 1]
    assert "cannot be read further" in pieces[-1].problem


def test_of_a_small_gzip_that_breaks_off_the_whole_messages_are_read(tmp_path: Path) -> None:
    path = tmp_path / "talk.mbox.gz"
    letters = [mail(f"{n}@x", f"{n} words") for n in range(20)]
    path.write_bytes(gzip.compress(mbox(*letters))[:-40])

    pieces = list(source_at(path).pieces())

    assert len(pieces) > 10
    assert [piece.raw for piece in pieces[:-1]] == letters[: len(pieces) - 1]
    assert "cannot be read further" in pieces[-1].problem


def test_a_gzip_of_which_nothing_is_there_is_no_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "talk.mbox.gz"
    path.write_bytes(gzip.compress(mbox(mail()))[:10])

    with pytest.raises(NotMail, match="cannot be read"):
        source_at(path)


def test_messages_larger_than_a_chunk_are_whole(tmp_path: Path) -> None:
    large = mail("a@x", "line of words\n" * 200_000)
    path = tmp_path / "talk.mbox"
    path.write_bytes(mbox(large, mail("b@x")))

    assert raws(path) == [large, mail("b@x")]


def test_a_message_larger_than_is_taken_is_named_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "LARGEST", 1 << 20)
    path = tmp_path / "talk.mbox"
    path.write_bytes(mbox(mail("a@x", "words\n" * 1_000_000), mail("b@x")))

    pieces = list(source_at(path).pieces())

    assert [bool(piece.problem) for piece in pieces] == [True, False]
    assert "larger than 1 MB" in pieces[0].problem
    assert pieces[1].raw == mail("b@x")
    assert pieces[1].end == path.stat().st_size


@pytest.mark.parametrize(
    "octets", [b"\x89PNG\r\n\x1a\n" + bytes(200), b"Dear all,\nwords: no mail.\n"]
)
def test_a_file_that_is_no_mailbox_is_refused_with_a_sentence(
    tmp_path: Path, octets: bytes
) -> None:
    path = tmp_path / "picture"
    path.write_bytes(octets)

    with pytest.raises(NotMail, match="“picture” is no mailbox"):
        source_at(path)


def test_a_maildir_gives_its_messages_and_nothing_of_tmp(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"1.{name}").write_bytes(mail(f"{name}@x"))

    assert raws(tmp_path) == [mail("cur@x"), mail("new@x")]


def test_a_folder_of_many_kinds_accounts_for_every_file(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(mbox(mail("a@x"), mail("b@x")))
    (tmp_path / "b.eml").write_bytes(mail("c@x"))
    (tmp_path / "c.xml").write_bytes(b"<?xml version='1.0'?><a/>")
    (tmp_path / "d.txt").write_bytes(b"")

    pieces = list(source_at(tmp_path).pieces())

    assert [bool(piece.problem) for piece in pieces] == [False, False, False, True, True]


def test_a_source_that_has_grown_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "talk.mbox"
    path.write_bytes(mbox(*(mail(f"{n}@x", "words " * 100) for n in range(100))))
    before = source_at(path)
    with path.open("ab") as stream:
        stream.write(mbox(mail("late@x")))

    assert source_at(path).fingerprint == before.fingerprint


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("usrp-users-sample.mbox.gz", 2500),
        ("pipermail/r-announce--1997.txt", 20),
        ("pipermail/r-announce--2013.txt", 9),
        ("pipermail/r-package-devel--2016q1.txt", 149),
    ],
)
def test_real_archives_give_every_message(name: str, count: int) -> None:
    pieces = list(source_at(shared("data/mail") / name).pieces())

    assert len(pieces) == count
    assert not any(piece.problem for piece in pieces)
