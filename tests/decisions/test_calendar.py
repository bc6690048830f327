"""The closing moment as iCalendar."""

import subprocess
import sys

import pytest
from django.urls import reverse

from intersession.decisions import formats
from intersession.decisions.testing import an_open_call
from intersession.people.testing import NOON
from tests.shared_data import shared

pytestmark = pytest.mark.django_db


def test_the_end_is_a_valid_calendar(client, tmp_path):
    checker = shared("data/calendar/ics_check.py")
    call = an_open_call(
        title="Règles; règles, et encore: правила " + 20 * "规则",
        question="May \\ we?\nReally,\r\nyes; no.",
    )
    response = client.get(reverse("decisions:calendar", args=[call.slug]))
    file = tmp_path / "end.ics"
    file.write_bytes(response.content)

    verdict = subprocess.run(
        [sys.executable, str(checker), str(file)], capture_output=True, text=True, check=False
    )

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (verdict.returncode, "OK" in verdict.stdout) == (0, True), verdict.stdout


def test_the_event_ends_when_the_call_does():
    call = an_open_call()

    written = formats.calendar(call, site="https://example.org", stamp=NOON).decode()

    assert "DTEND:20260315T235900Z" in written
    assert f"URL:https://example.org{call.get_absolute_url()}" in written
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
