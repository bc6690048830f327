"""The days and weeks of digests: no post in two, none in none."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.digesting import Period, closed, due, window
from intersession.lists.rules.digesting.windows import SETTLES

ZONES = st.sampled_from(
    [
        "UTC", "Europe/Zurich", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu",
        "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Africa/Cairo",
        "America/Sao_Paulo", "America/St_Johns", "America/Havana", "Asia/Beirut",
        "America/Scoresbysund", "Antarctica/Troll", "Asia/Pyongyang", "Africa/Monrovia",
    ]
).map(ZoneInfo)  # fmt: skip
PERIODS = st.sampled_from(Period)
MOMENTS = st.datetimes(datetime(1980, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@given(PERIODS, ZONES, MOMENTS)
def test_a_moment_lies_in_its_window_and_the_next_one_follows_at_once(
    period: Period, zone: ZoneInfo, at: datetime
) -> None:
    since, until = window(period, zone, at)

    assert since <= at < until
    assert window(period, zone, until)[0] == until
    assert window(period, zone, since) == (since, until)
    assert window(period, zone, until - timedelta(microseconds=1)) == (since, until)
    assert closed(period, zone, until) == (since, until)


@given(PERIODS, ZONES, MOMENTS)
def test_a_window_is_a_day_or_a_week_give_or_take_a_change_of_the_clock(
    period: Period, zone: ZoneInfo, at: datetime
) -> None:
    since, until = window(period, zone, at)
    days = 1 if period is Period.DAILY else 7

    assert abs((until - since) - timedelta(days=days)) <= timedelta(hours=25)


@given(
    MOMENTS,
    st.lists(st.tuples(PERIODS, ZONES, st.timedeltas(timedelta(0), timedelta(days=9)))),
)
def test_digests_tile_time_whatever_the_reader_changes_and_however_late_the_worker(
    start: datetime, changes: list[tuple[Period, ZoneInfo, timedelta]]
) -> None:
    windows, done, at = [], None, start
    for period, zone, later in changes:
        at += later
        if (found := due(period, zone, done, at)) is not None:
            windows.append(found)
            done = found[1]

    assert all(since < until <= at for since, until in windows)
    assert all(one[1] == next_one[0] for one, next_one in pairwise(windows))


@pytest.mark.parametrize(
    ("zone", "at", "hours"),
    [
        ("Europe/Zurich", "2026-03-29T12:00+02:00", 23),
        ("Europe/Zurich", "2026-10-25T12:00+01:00", 25),
        ("Africa/Cairo", "2026-04-24T12:00+03:00", 23),
        ("Africa/Cairo", "2026-10-29T12:00+03:00", 25),
        ("Australia/Lord_Howe", "2026-10-04T12:00+11:00", 23.5),
        ("UTC", "2026-03-29T12:00Z", 24),
    ],
)
def test_the_day_on_which_the_clock_changes_is_one_window(zone: str, at: str, hours: float) -> None:
    since, until = window(Period.DAILY, ZoneInfo(zone), _at(at))

    assert until - since == timedelta(hours=hours)


def test_a_week_begins_on_monday_at_midnight_of_the_reader() -> None:
    since, until = window(Period.WEEKLY, ZoneInfo("America/New_York"), _at("2026-03-08T12:00Z"))

    assert (since, until) == (_at("2026-03-02T00:00-05:00"), _at("2026-03-09T00:00-04:00"))


def test_two_readers_on_two_sides_of_the_world_have_two_days() -> None:
    at = _at("2026-11-21T11:30Z")

    assert window(Period.DAILY, ZoneInfo("Pacific/Kiritimati"), at)[0] == _at("2026-11-21T10:00Z")
    assert window(Period.DAILY, ZoneInfo("Pacific/Honolulu"), at)[0] == _at("2026-11-21T10:00Z")
    assert window(Period.DAILY, ZoneInfo("Pacific/Pago_Pago"), at)[0] == _at("2026-11-21T11:00Z")


def test_a_digest_waits_until_the_last_posts_of_its_day_are_committed() -> None:
    done, midnight = _at("2026-11-20T00:00Z"), _at("2026-11-21T00:00Z")

    assert due(Period.DAILY, UTC, done, midnight) is None
    assert due(Period.DAILY, UTC, done, midnight + SETTLES) == (done, midnight)


def test_a_worker_that_stood_still_for_days_sends_one_digest_of_them_all() -> None:
    done = _at("2026-11-17T00:00Z")

    assert due(Period.DAILY, UTC, done, _at("2026-11-21T08:00Z")) == (
        done,
        _at("2026-11-21T00:00Z"),
    )
