"""An interval is drawn as it stands at a moment."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intersession.kit.charts import Bar, Piece, Scale, bar, spark

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_quarter_gone_is_a_quarter_of_ink() -> None:
    assert bar(NOON - DAY, NOON + 3 * DAY, NOON) == Bar(25.0, "open")


def test_what_has_not_begun_is_next() -> None:
    assert bar(NOON + DAY, NOON + 2 * DAY, NOON) == Bar(0.0, "next")


def test_at_its_end_an_interval_is_over() -> None:
    assert bar(NOON - DAY, NOON, NOON) == Bar(100.0, "past")


def test_what_is_owed_after_its_end_is_late() -> None:
    assert bar(NOON - DAY, NOON, NOON, is_owed=True) == Bar(100.0, "late")


def test_the_months_of_a_scale_are_equally_wide() -> None:
    scale = Scale(NOON)

    assert [scale.position(first) for first in scale.firsts()] == [0, 100, 200]
    assert [first.month for first in scale.firsts()] == [11, 12, 1]


def test_an_open_interval_is_gone_up_to_now_and_left_after() -> None:
    scale = Scale(datetime(2026, 11, 16, tzinfo=UTC))

    drawn = scale.pieces(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))

    assert drawn == [Piece(0, 50.0, "e"), Piece(50.0, 50.0, "")]


def test_what_begins_later_is_only_outlined() -> None:
    drawn = Scale(NOON).pieces(datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC))

    assert drawn == [Piece(100, 200.0, "n")]


moments = st.datetimes(
    datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001 (given UTC)
)  # fmt: skip


@given(moments, moments, moments)
def test_nothing_is_drawn_outside_the_scale(since: datetime, until: datetime, at: datetime) -> None:
    since, until = sorted((since, until))

    for piece in Scale(at).pieces(since, until):
        assert piece.x >= 0
        assert piece.width > 0
        assert piece.x + piece.width <= 300.1


@given(moments, moments, moments)
def test_a_bar_is_never_over_full(since: datetime, until: datetime, at: datetime) -> None:
    since, until = sorted((since, until))

    assert 0 <= bar(since, until, at).done <= 100


def test_a_sparkline_goes_from_the_ground_to_the_top() -> None:
    assert spark([0, 5, 10]) == "M0 19L33 10L66 1"


def test_a_sparkline_of_nothing_lies_on_the_ground() -> None:
    assert spark([0, 0]) == "M0 19L66 19"
    assert spark([]) == ""


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_a_sparkline_stays_in_its_drawing(counts: list[int]) -> None:
    for point in spark(counts)[1:].split("L"):
        x, y = map(float, point.split())
        assert 0 <= x <= 66
        assert 1 <= y <= 19
