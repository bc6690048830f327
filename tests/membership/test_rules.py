"""How members are counted without counting anybody out."""

from hypothesis import given
from hypothesis import strategies as st

from intersession.membership.rules import FLOOR, Share, shares

ORDER = ["a", "b", "c", "d"]


def test_groups_under_five_are_hidden_and_empty_chairs_shown() -> None:
    assert shares({"a": 7, "b": 2, "c": 1}, ORDER) == [
        Share("a", 7),
        Share("b", None),
        Share("c", None),
        Share("d", 0),
    ]


def test_a_single_small_group_takes_the_next_smallest_along() -> None:
    assert shares({"a": 9, "b": 2, "c": 5}, ORDER[:3]) == [
        Share("a", 9),
        Share("b", None),
        Share("c", None),
    ]


@given(st.dictionaries(st.sampled_from(ORDER), st.integers(0, 30)))
def test_no_small_number_can_be_worked_out_from_the_whole(numbers: dict[str, int]) -> None:
    told = shares(numbers, ORDER)
    hidden = [share for share in told if share.count is None]

    assert not any(share.count and share.count < FLOOR for share in told)
    assert len(hidden) != 1 or len([n for n in numbers.values() if n]) == 1
