"""Numbers in addresses and links, that nobody forges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.tokens import RETURN, read, token

KEY = b"k" * 32
numbers = st.lists(st.integers(0, 2**63), max_size=4)
kinds = st.sampled_from([RETURN, "leave", "confirm"])


@given(numbers, kinds)
def test_a_token_gives_its_numbers_back_in_whatever_case(told: list[int], kind: str) -> None:
    written = token(KEY, *told, kind=kind)

    assert read(KEY, written, kind) == tuple(told)
    assert read(KEY, written.upper(), kind) == tuple(told)
    assert set(written) <= set("abcdefghijklmnopqrstuvwxyz234567")


@given(numbers, kinds, st.data())
def test_a_token_with_one_other_letter_is_forged(
    told: list[int], kind: str, data: st.DataObject
) -> None:
    written = token(KEY, *told, kind=kind)
    place = data.draw(st.integers(0, len(written) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
    changed = written[:place] + letter + written[place + 1 :]

    if changed != written:
        with pytest.raises(ValueError):  # noqa: PT011 (the kind of error is the promise)
            read(KEY, changed, kind)


@given(st.text(max_size=60) | st.sampled_from(["", "a", "é", "=" * 8, "a" * 300]))
def test_whatever_comes_as_a_token_is_read_or_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read(KEY, text, "leave")


def test_a_token_of_one_kind_is_none_of_another() -> None:
    with pytest.raises(ValueError, match="token"):
        read(KEY, token(KEY, 7, kind="leave"), "confirm")


def test_a_token_of_another_key_is_forged() -> None:
    with pytest.raises(ValueError, match="forged"):
        read(b"other", token(KEY, 7, kind="leave"), "leave")


def test_a_return_path_fits_beside_the_longest_name_of_a_list() -> None:
    written = token(KEY, 2**28 - 1, 2**28 - 1, kind=RETURN)

    assert len("l" * 30 + "-bounces+" + written) <= 64


def test_a_token_holds_no_numbers_below_nothing() -> None:
    with pytest.raises(ValueError, match="below"):
        token(KEY, -1, kind="leave")
