"""A worker outlives a database that is busy, and says so in a line."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError, ProgrammingError

from intersession.site.management.commands import worker


def broken(problem: Exception) -> Callable[[], bool]:
    def step() -> bool:
        raise problem

    return step


@pytest.mark.django_db
def test_a_lock_of_the_database_is_one_line_and_the_worker_goes_on(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "sleep", lambda seconds: None)
    ours = worker.Worker(lease=timedelta(seconds=30), pause=0)

    assert ours.once(broken(OperationalError("database is\nlocked"))) is False
    assert ours.once(lambda: True) is True

    (record,) = caplog.records
    assert record.getMessage() == ("The database is in trouble (database is locked); trying again.")
    assert (record.levelno, record.exc_info) == (logging.WARNING, None)


@pytest.mark.django_db
def test_a_statement_that_is_wrong_keeps_its_traceback(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "sleep", lambda seconds: None)

    worker.Worker(lease=timedelta(seconds=30), pause=0).once(broken(ProgrammingError("no table")))

    assert caplog.records[0].exc_info
