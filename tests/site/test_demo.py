from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client

from intersession.kit import clock
from intersession.outputs.models import Output
from intersession.people.testing import a_person
from intersession.site.demo import clock as demo_clock
from intersession.site.demo import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    demo_clock.start()
    yield
    clock.shift_by(lambda: timedelta(0))
    demo_clock._place().unlink(missing_ok=True)


def test_the_demos_bar_moves_the_clock_by_a_day(client: Client, demo) -> None:
    before = clock.now()

    client.post("/demo/clock/", {"to": "day", "next": "/"})

    assert timedelta(days=1) <= clock.now() - before < timedelta(days=1, minutes=1)


def test_the_demos_clock_never_goes_back(demo) -> None:
    with pytest.raises(ValueError, match="only moves forward"):
        demo_clock.move(timedelta(seconds=-1))


def test_the_demos_bar_changes_the_person(client: Client, demo) -> None:
    sample = a_person(is_sample=True)

    client.post("/demo/person/", {"email": sample.email})

    assert client.session["_auth_user_id"] == str(sample.pk)


def test_the_demos_bar_signs_nobody_in_who_is_no_sample(client: Client, demo) -> None:
    person = a_person()

    response = client.post("/demo/person/", {"email": person.email})

    assert (response.status_code, "_auth_user_id" in client.session) == (404, False)


def test_the_bar_leads_to_no_other_site(client: Client, demo) -> None:
    response = client.post("/demo/clock/", {"to": "day", "next": "//evil.example/"})

    assert response.headers["location"] == "/"


@pytest.mark.parametrize("address", ["/demo/clock/", "/demo/person/"])
def test_outside_a_demo_there_is_no_bar(client: Client, address: str) -> None:
    assert client.post(address).status_code == 404


def test_the_demo_is_refused_where_others_can_reach_it(settings) -> None:
    settings.DEMO = True
    settings.SITE_URL = "https://intersession.example"

    assert [problem.id for problem in run_checks()] == ["site.E001"]


def test_a_request_for_another_host_is_turned_away_in_words_in_a_demo_too(
    client: Client, settings
) -> None:
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["testserver"]

    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "Not understood" in response.text


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_sample_world_can_be_made_at_any_hour(hour: int, settings, tmp_path: Path) -> None:
    settings.DEMO, settings.DATA_DIR, settings.DKIM_KEY = True, tmp_path, tmp_path / "dkim.pem"
    call_command("load-registry", verbosity=0)

    world.make(at=datetime(2026, 11, 22, hour, 38, tzinfo=UTC))

    assert Output.objects.filter(state="published").exists()
