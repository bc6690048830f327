"""What strangers send that makes no sense: a page in words, one line in the log, nothing copied."""

import json
import logging

import pytest
from django.conf import settings
from django.test import Client

from intersession.kit.logs import Short

MANY = "&".join(f"f{n}=1" for n in range(1001))


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Write what was logged as the handler of the settings writes it."""
    form = Short(settings.LOGGING["formatters"]["line"]["format"])
    return [form.format(record) for record in caplog.records]


@pytest.mark.django_db
def test_another_name_of_the_host_is_told_and_logged_in_one_line(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/", headers={"host": "evil.example" + "x" * 5000})

    assert answer.status_code == 400
    assert "INTERSESSION_HOSTS" in answer.content.decode()
    (line,) = lines(caplog)
    assert " WARNING django.security.DisallowedHost Invalid HTTP_HOST" in line
    assert "\n" not in line
    assert len(line) < 400


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/search/", "/coalitions/", "/outputs/", "/lists/"])
def test_more_than_a_thousand_fields_are_told_and_logged_in_one_line(
    client: Client, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get(f"{address}?{MANY}")

    if answer.status_code == 400:
        assert "more than 1,000 fields" in answer.content.decode()
        assert [line.count("\n") for line in lines(caplog)] == [0]
    else:
        assert (answer.status_code, lines(caplog)) == (200, [])


@pytest.mark.django_db
def test_a_form_of_more_than_a_thousand_fields_is_told(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.post("/sign-in/", {f"f{n}": "1" for n in range(1001)})

    assert answer.status_code == 400
    assert "more than 1,000 fields" in answer.content.decode()
    assert [line.count("\n") for line in lines(caplog)] == [0]


@pytest.mark.django_db
@pytest.mark.parametrize("is_demo", [False, True])
def test_a_long_query_is_not_copied_into_the_forms(
    client: Client, is_demo: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DEMO", is_demo)

    page = client.get("/about/?q=" + "long" * 2000).content.decode()

    assert "longlong" not in page
    assert 'name="next" value="/about/"' in page


@pytest.mark.django_db
def test_a_short_query_leads_back(client: Client) -> None:
    page = client.get("/about/?q=short").content.decode()

    assert 'name="next" value="/about/?q=short"' in page


def test_a_fault_of_ours_keeps_its_traceback() -> None:
    with pytest.raises(RuntimeError) as ours:
        json.loads("[" * 100_000)
    info = (ours.type, ours.value, ours.tb)
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Broken", (), info)

    assert "Traceback" in Short("%(message)s").format(record)
