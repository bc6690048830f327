"""Time is told in words that a person would say, and carries its zone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from intersession.kit import words

UNTIL = datetime(2026, 12, 3, 23, 59, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_a_deadline_is_told_in_utc_and_in_the_readers_zone() -> None:
    told = words.deadline(UNTIL, "Africa/Nairobi")

    assert told == "3 December 2026, 23:59 UTC; for you 4 December, 02:59 in Nairobi"


@pytest.mark.parametrize("zone", ["UTC", "Africa/Abidjan", "nowhere/at all", ""])
def test_a_reader_on_utc_hears_it_once(zone: str) -> None:
    assert words.deadline(UNTIL, zone) == "3 December 2026, 23:59 UTC"


def test_the_city_is_named_in_the_readers_language() -> None:
    with translation.override("ar"):
        assert "نيروبي" in words.deadline(UNTIL, "Africa/Nairobi")


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (12 * DAY + HOUR, "12 days left"),
        (2 * DAY, "2 days left"),
        (47 * HOUR, "47 hours left"),
        (HOUR, "1 hour left"),
        (HOUR / 2, "less than an hour left"),
        (0 * HOUR, "closed"),
    ],
)
def test_what_is_left(left: timedelta, told: str) -> None:
    assert words.time_left(UNTIL, UNTIL - left) == told


def test_when_it_begins() -> None:
    assert words.time_until(UNTIL, UNTIL - 18 * DAY) == "in 18 days"


@pytest.mark.parametrize(("late", "told"), [(HOUR, "1 day late"), (3 * DAY, "3 days late")])
def test_what_is_overdue(late: timedelta, told: str) -> None:
    assert words.time_late(UNTIL, UNTIL + late) == told


def test_templates_say_and_draw_the_same() -> None:
    request = RequestFactory().get("/")
    request.at = UNTIL - 5 * DAY  # type: ignore[attr-defined]
    page = Template(
        "{% load words %}{% deadline until %}|{% time_left until %}|{{ until|day }}"
        "|{% interval since until %}"
    )

    drawn = page.render(
        Context({"request": request, "until": UNTIL, "since": UNTIL - 10 * DAY, "zone": "UTC"})
    )

    said, left, day, svg = drawn.split("|")
    assert (said, left, day) == ("3 December 2026, 23:59 UTC", "5 days left", "3 December 2026")
    assert '<rect width="50.0" height="1"/>' in svg


def test_numbers_of_a_drawing_stay_readable_to_browsers_in_every_language() -> None:
    request = RequestFactory().get("/")
    request.at = UNTIL - 5 * DAY  # type: ignore[attr-defined]
    with translation.override("fr"):
        svg = Template("{% load words %}{% interval since until %}").render(
            Context({"request": request, "until": UNTIL, "since": UNTIL - 10 * DAY})
        )

    assert 'width="50.0"' in svg


def test_a_time_element_takes_whole_seconds() -> None:
    page = Template("{% load words %}{{ at|iso }} {{ day|iso }}")

    told = page.render(Context({"at": UNTIL.replace(microsecond=585694), "day": UNTIL.date()}))

    assert told == "2026-12-03T23:59:00+00:00 2026-12-03"
