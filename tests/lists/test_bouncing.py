"""What a refusal is, and when mail to an address stops: the law alone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.bouncing import (
    HEALTHY,
    POINTS,
    PROBE_RETURNS,
    STALE,
    Health,
    Kind,
    Step,
    after,
    current,
    forgiven,
    is_problem_of_post,
    kind_at_submission,
    kind_of,
)

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
KINDS = st.sampled_from(Kind)
NEVER = [kind for kind in Kind if kind not in POINTS and kind is not Kind.COMPLAINT]


def _day(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def _steps(kinds: list[Kind], *, apart: timedelta = timedelta(days=1)) -> tuple[Health, list[Step]]:
    health, steps = HEALTHY, []
    for place, kind in enumerate(kinds):
        health, step = after(health, kind, MONDAY + apart * place)
        steps.append(step)
    return health, steps


@pytest.mark.parametrize(
    ("status", "diagnostic", "action", "kind"),
    [
        ("5.1.1", "smtp; 550 5.1.1 User unknown", "failed", Kind.ADDRESS),
        ("5.1.10", "NullMX", "failed", Kind.ADDRESS),
        ("5.2.1", "", "failed", Kind.ADDRESS),
        ("5.0.0", "smtp; 550 5.1.1 User unknown", "failed", Kind.ADDRESS),
        ("5.0.0", "x-unix; user unknown", "failed", Kind.ADDRESS),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", "failed", Kind.ADDRESS),
        ("5.4.4", "Host or domain name not found", "failed", Kind.ADDRESS),
        ("", "550 No such user here", "failed", Kind.ADDRESS),
        ("", "551 elsewhere", "failed", Kind.ADDRESS),
        ("", "spamfilter.example.org said: 550 User unknown", "failed", Kind.ADDRESS),
        ("5.2.2", "", "failed", Kind.FULL),
        ("4.2.2", "452 4.2.2 over quota", "failed", Kind.FULL),
        ("", "552 sorry", "failed", Kind.FULL),
        ("5.7.1", "550 5.7.1 User unknown", "failed", Kind.CONTENT),
        ("5.7.26", "unauthenticated", "failed", Kind.CONTENT),
        ("5.6.0", "", "failed", Kind.CONTENT),
        ("5.3.4", "message size exceeds", "failed", Kind.CONTENT),
        ("5.1.8", "Sender address rejected: Domain not found", "failed", Kind.CONTENT),
        ("", "554 rejected due to spam content", "failed", Kind.CONTENT),
        (
            "5.0.0",
            "554 Service unavailable; blocked using zen.spamhaus.org",
            "failed",
            Kind.CONTENT,
        ),
        ("", "550 Access denied for your server", "failed", Kind.CONTENT),
        ("4.4.1", "connection timed out", "delayed", Kind.TRANSIENT),
        ("4.7.0", "greylisted", "failed", Kind.TRANSIENT),
        ("5.1.1", "", "delayed", Kind.TRANSIENT),
        ("", "451 try later", "failed", Kind.TRANSIENT),
        ("4.4.1", "connection timed out", "failed", Kind.UNKNOWN),
        ("5.0.0", "no", "failed", Kind.UNKNOWN),
        ("", "", "", Kind.UNKNOWN),
        ("2.1.5", "", "delivered", Kind.ARRIVED),
        ("2.0.0", "250 ok", "relayed", Kind.ARRIVED),
    ],
)
def test_a_refusal_is_classed_by_its_code(
    status: str, diagnostic: str, action: str, kind: Kind
) -> None:
    assert kind_of(status, diagnostic, action) == kind


@given(st.text(), st.text(), st.text())
def test_no_text_makes_the_classes_raise(status: str, diagnostic: str, action: str) -> None:
    assert kind_of(status, diagnostic, action) in Kind


@given(st.integers(0, 999), st.text())
def test_no_refusal_of_security_or_policy_counts(detail: int, words: str) -> None:
    assert kind_of(f"5.7.{detail}", words, "failed") == Kind.CONTENT


def test_what_our_own_server_refuses_never_counts() -> None:
    assert [kind_at_submission(code) for code in (250, 451, 552, 550, 554)] == [
        Kind.ARRIVED, Kind.TRANSIENT, Kind.TRANSIENT, Kind.OURS, Kind.OURS,
    ]  # fmt: skip
    assert after(HEALTHY, Kind.OURS, MONDAY) == (HEALTHY, Step.NOTHING)


def test_a_bad_address_is_warned_on_the_second_day_and_probed_on_the_fourth() -> None:
    health, steps = _steps([Kind.ADDRESS] * 4)

    assert steps == [Step.NOTHING, Step.WARN, Step.NOTHING, Step.PROBE]
    assert (health.warned_at, health.probe_sent_at) == (_day(1), _day(3))
    assert health.stopped_at is None


def test_a_full_mailbox_takes_twice_as_many_days() -> None:
    _, steps = _steps([Kind.FULL] * 8)

    assert [place for place, step in enumerate(steps) if step is not Step.NOTHING] == [3, 7]
    assert (steps[3], steps[7]) == (Step.WARN, Step.PROBE)


def test_a_hundred_refusals_in_a_day_count_once() -> None:
    health, steps = _steps([Kind.ADDRESS] * 100, apart=timedelta(minutes=5))

    assert (health.score, set(steps)) == (2, {Step.NOTHING})


def test_mail_stops_when_the_probe_comes_back() -> None:
    health, _ = _steps([Kind.ADDRESS] * 4)

    stopped, step = after(health, Kind.ADDRESS, _day(4), to_probe=True)

    assert (stopped, step) == (Health(stopped_at=_day(4)), Step.STOP)
    assert after(stopped, Kind.ADDRESS, _day(5)) == (stopped, Step.NOTHING)


def test_a_probe_that_nobody_returns_makes_the_address_healthy() -> None:
    health, _ = _steps([Kind.ADDRESS] * 4)

    assert current(health, _day(3) + PROBE_RETURNS) == HEALTHY
    assert current(health, _day(3) + PROBE_RETURNS / 2) == health


def test_a_probe_that_is_answered_by_a_vacation_has_arrived() -> None:
    health, _ = _steps([Kind.ADDRESS] * 4)

    assert after(health, Kind.AUTO_REPLY, _day(4), to_probe=True) == (HEALTHY, Step.NOTHING)


def test_a_probe_refused_for_its_content_stops_nothing() -> None:
    health, _ = _steps([Kind.ADDRESS] * 4)

    assert after(health, Kind.CONTENT, _day(4), to_probe=True) == (health, Step.NOTHING)


def test_a_complaint_stops_mail_at_once() -> None:
    assert after(HEALTHY, Kind.COMPLAINT, MONDAY) == (Health(stopped_at=MONDAY), Step.STOP)


def test_old_points_are_forgotten() -> None:
    health, _ = _steps([Kind.ADDRESS])

    assert current(health, MONDAY + STALE) == health
    assert after(health, Kind.FULL, MONDAY + STALE + timedelta(days=1))[0].score == 1


def test_a_clock_that_jumps_back_gives_no_second_day() -> None:
    health, _ = after(HEALTHY, Kind.ADDRESS, _day(5))

    assert after(health, Kind.ADDRESS, _day(2)) == (health, Step.NOTHING)


def test_the_day_is_that_of_utc_whatever_the_zone_of_the_moment() -> None:
    east = timezone(timedelta(hours=13))
    health, _ = after(HEALTHY, Kind.ADDRESS, MONDAY)

    assert after(health, Kind.ADDRESS, MONDAY.astimezone(east))[0].score == 2
    assert health.last_scored_on == date(2026, 3, 2)


def test_the_points_of_a_day_on_which_the_post_was_the_problem_are_taken_back() -> None:
    health, _ = _steps([Kind.ADDRESS] * 2)

    spared = forgiven(health, date(2026, 3, 3))

    assert (spared.score, spared.warned_at) == (2, None)
    assert forgiven(health, date(2026, 3, 1)) == health


@given(st.lists(KINDS, max_size=15), st.integers(0, 15))
def test_taking_points_back_never_gives_any(kinds: list[Kind], day: int) -> None:
    health, _ = _steps(kinds)

    spared = forgiven(health, _day(day).date())

    assert 0 <= spared.score <= health.score
    assert spared.stopped_at == health.stopped_at


HEALTHS = st.lists(st.tuples(KINDS, st.integers(0, 20), st.booleans()), max_size=20)


@given(HEALTHS, st.sampled_from(NEVER))
def test_what_is_no_fault_of_the_address_never_changes_its_points(
    past: list[tuple[Kind, int, bool]], kind: Kind
) -> None:
    health, _ = _life(past)

    assert after(health, kind, _day(30)) == (health, Step.NOTHING)


@given(HEALTHS)
def test_mail_stops_only_after_a_probe_or_a_complaint(past: list[tuple[Kind, int, bool]]) -> None:
    health, told = _life(past)

    if health.stopped_at is not None:
        kind, _, had_probe = next(one for one in told if one[1] is Step.STOP)
        assert kind is Kind.COMPLAINT or had_probe


def _life(past: list[tuple[Kind, int, bool]]) -> tuple[Health, list[tuple[Kind, Step, bool]]]:
    health, told, day = HEALTHY, [], 0
    for kind, days, to_probe in past:
        day += days
        had_probe = Step.PROBE in [step for _, step, _ in told]
        health, step = after(health, kind, _day(day), to_probe=to_probe)
        told.append((kind, step, had_probe))
    return health, told


@given(st.integers(0, 7), st.lists(KINDS, max_size=6), st.randoms(use_true_random=False))
def test_within_a_day_the_order_of_reports_does_not_matter(
    days: int, kinds: list[Kind], chance: object
) -> None:
    shuffled = list(kinds)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert _of_a_day(days, shuffled) == _of_a_day(days, kinds)


def _of_a_day(days: int, kinds: list[Kind]) -> tuple[object, ...]:
    health, _ = _steps([Kind.FULL] * days)
    steps = set()
    for minute, kind in enumerate(kinds):
        health, step = after(health, kind, _day(days) + timedelta(minutes=minute))
        steps.add(step)
    if Step.STOP in steps:
        return ("stopped",)
    warned, probed = health.warned_at is not None, health.probe_sent_at is not None
    return health.score, health.last_scored_on, warned, probed, frozenset(steps) - {Step.NOTHING}


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_fewer_than_five_refusals_or_five_in_a_hundred_are_no_problem_of_the_post(
    refused: int, recipients: int
) -> None:
    assert is_problem_of_post(refused, recipients) == (
        refused >= 5 and refused > recipients * 5 / 100
    )


def test_one_bad_address_of_ten_is_no_problem_of_the_post() -> None:
    assert not is_problem_of_post(1, 10)
    assert not is_problem_of_post(10, 200)
    assert is_problem_of_post(11, 200)
