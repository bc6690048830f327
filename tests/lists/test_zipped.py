"""Zip files written as they are sent, read back by Python's own reader."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.formats.zipped import Zip

AT = datetime(2026, 11, 21, 12, 30, 20, tzinfo=UTC)


def written(files: dict[str, list[bytes]], *, far: int = 0) -> BytesIO:
    made = Zip()
    made._offset = far
    packed = b"".join(made.file(name, chunks, AT) for name, chunks in files.items())
    return BytesIO(packed + b"".join(made.end()))


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\\\0"), min_size=1)


@given(st.dictionaries(NAMES, st.lists(st.binary())))
def test_every_file_is_read_back_as_it_was(files: dict[str, list[bytes]]) -> None:
    with ZipFile(written(files)) as found:
        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == {
            name: b"".join(chunks) for name, chunks in files.items()
        }


def test_moments_are_kept_to_two_seconds_and_none_is_before_1980() -> None:
    made = Zip()
    old = made.file("old", (b"x",), datetime(1975, 1, 1, tzinfo=UTC))
    new = made.file("new", (b"y",), AT)

    with ZipFile(BytesIO(old + new + b"".join(made.end()))) as found:
        assert found.getinfo("new").date_time == (2026, 11, 21, 12, 30, 20)
        assert found.getinfo("old").date_time == (1980, 1, 1, 0, 0, 0)


def test_more_files_than_sixteen_bits_count() -> None:
    with ZipFile(written({f"{n}": [b"x"] for n in range(70_000)})) as found:
        assert len(found.namelist()) == 70_000
        assert found.read("69999") == b"x"


def test_a_file_that_begins_after_four_gigabytes_is_told_so() -> None:
    octets = written({"a": [b"x"]}, far=5 << 30).getvalue()

    assert (5 << 30).to_bytes(8, "little") in octets
