"""The limits of signing in hold for all web processes together, and for each visitor alone."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intersession.outbox.models import Letter
from tests.processes import PATIENCE, shared_database, start

ASK = """
import django
django.setup()
from django.test import Client
from django.test.utils import CaptureQueriesContext
for n in range({times}):
    Client().post("/sign-in/", {{"email": "amina@example.org"}})
"""
PER_ADDRESS, PER_VISITOR = 3, 20


@pytest.mark.django_db(transaction=True)
def test_two_web_processes_count_together(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "intersession.site.settings"}
    with shared_database(tmp_path) as database:
        for _n in range(2):
            assert start(database, "-c", ASK.format(times=2), **settings).wait(PATIENCE) == 0

        assert Letter.objects.count() == PER_ADDRESS


def ask(number: int, **more: Any) -> None:
    Client().post("/sign-in/", {"email": f"person-{number}@example.org"}, **more)


@pytest.mark.django_db
def test_what_is_forwarded_by_nobody_we_trust_does_not_escape_the_limit() -> None:
    for number in range(PER_VISITOR + 2):
        ask(number, headers={"x-forwarded-for": f"192.0.2.{number}"})

    assert Letter.objects.count() == PER_VISITOR


@pytest.mark.django_db
def test_visitors_behind_a_trusted_proxy_have_a_limit_each(settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]

    for number in range(PER_VISITOR + 2):
        ask(number, headers={"x-forwarded-for": f"198.51.100.1, 192.0.2.{number}"})

    assert Letter.objects.count() == PER_VISITOR + 2


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/coalitions/", "/outputs/", "/lists/", "/sign-in/"])
def test_reading_never_touches_what_is_counted(path: str, client: Client) -> None:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200

    assert [query["sql"] for query in seen if "people_remembered" in query["sql"]] == []
