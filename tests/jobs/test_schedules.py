from datetime import UTC, datetime, timedelta

import pytest
from cronsim import CronSimError
from hypothesis import given
from hypothesis import strategies as st

from intersession.jobs import rules
from intersession.jobs.actions import plan, strike
from intersession.jobs.models import Run, Schedule
from intersession.people.testing import NOON
from intersession.site.wiring import SCHEDULES

DAILY = {"tests.add": ("0 3 * * *", "tests.jobs.tasks.add")}
AT_THREE = datetime(2026, 3, 2, 3, tzinfo=UTC)

lines = st.sampled_from(["* * * * *", "*/5 * * * *", "0 3 * * *", "30 4 * * 1", "0 0 1 * *"])
moments = st.integers(0, 3000 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))


@given(lines, moments)
def test_a_schedule_always_strikes_later(cron: str, at: datetime) -> None:
    assert rules.strikes_after(cron, at) > at


@given(st.integers(1, 50), st.floats(0, 1))
def test_pauses_grow_up_to_a_limit(tries: int, chance: float) -> None:
    assert timedelta(seconds=8) <= rules.pause_after(tries, chance) <= timedelta(hours=1.2)
    assert rules.pause_after(tries, chance) <= rules.pause_after(tries + 1, chance)


def test_nonsense_is_no_schedule() -> None:
    with pytest.raises(CronSimError):
        rules.strikes_after("every now and then", NOON)


@pytest.mark.django_db
def test_a_schedule_strikes_once_when_its_time_has_come() -> None:
    plan(DAILY, at=NOON)
    assert strike(at=NOON) == 0

    assert strike(at=AT_THREE) == 1
    assert strike(at=AT_THREE) == 0

    assert Schedule.objects.get().next_at == AT_THREE + timedelta(days=1)
    assert Run.objects.get().key == "schedule:tests.add"


@pytest.mark.django_db
def test_strikes_that_nobody_noticed_are_made_up_for_by_one() -> None:
    plan(DAILY, at=NOON)

    assert strike(at=NOON + timedelta(days=10)) == 1
    assert Run.objects.count() == 1


@pytest.mark.django_db
def test_a_strike_waits_for_the_one_before_to_end() -> None:
    plan(DAILY, at=NOON)

    strike(at=AT_THREE)
    strike(at=AT_THREE + timedelta(days=1))

    assert Run.objects.count() == 1


@pytest.mark.django_db
def test_planning_again_changes_nothing_and_a_new_table_replaces_the_old() -> None:
    plan(DAILY, at=NOON)
    before = list(Schedule.objects.values())

    plan(DAILY, at=AT_THREE + timedelta(days=1))
    assert list(Schedule.objects.values()) == before

    plan({"tests.other": ("0 4 * * *", "tests.jobs.tasks.fail")}, at=NOON)
    assert [schedule.name for schedule in Schedule.objects.all()] == ["tests.other"]


@pytest.mark.django_db
def test_every_schedule_of_the_house_can_be_planned_and_struck() -> None:
    plan(SCHEDULES, at=NOON)

    assert strike(at=NOON + timedelta(days=400)) == len(SCHEDULES)
