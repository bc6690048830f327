"""What every run of the suite shares: it says what it left out, and in CI leaves nothing out."""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")

for name, examples in {"quick": 40, "thorough": 100}.items():
    settings.register_profile(
        name, max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )  # a machine that others use too is slow now and then: that is no fault of a law
settings.load_profile("thorough" if IN_CI else "quick")
LONG = ("journeys", "faults", "jobs", "site", "lists")
"""Folders whose tests come first, so that no process of the run ends long after the others."""


def left_out(reporter: pytest.TerminalReporter) -> Counter[str]:
    """Count the skipped tests by their reason."""
    reasons: Counter[str] = Counter()
    for report in reporter.stats.get("skipped", []):
        words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[words.removeprefix("Skipped: ")] += 1
    return reasons


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Put what takes long first, and leave out what is about another database.

    What is about one database alone is no test of the other: pragmas and a file that grows no
    more are SQLite's, two writers at once are PostgreSQL's.
    """
    is_sqlite = os.environ.get("INTERSESSION_TEST_DB", "sqlite") == "sqlite"
    others = [one for one in items if one.get_closest_marker("postgres" if is_sqlite else "sqlite")]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]
    items.sort(key=turn)


def turn(item: pytest.Item) -> int:
    """Return the place of a test's folder among those that take long."""
    folder = item.path.parent.name
    return LONG.index(folder) if folder in LONG else len(LONG)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run in CI that left anything out: there a missing tool is a fault."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and exitstatus == 0 and reporter is not None and left_out(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config: pytest.Config) -> None:
    """End with one line that names each group left out, and why."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not (reasons := left_out(reporter)):
        return
    verdict = "A failure in CI, left out" if IN_CI else "Left out"
    groups = "; ".join(f"{count} because {why}" for why, count in sorted(reasons.items()))
    reporter.write_line(f"{verdict}: {groups}")


@pytest.fixture(autouse=True)
def english() -> None:
    """Begin each test in English: a page asked for in another language leaves the thread in it."""
    translation.activate("en")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Begin with a copy of the migrated database that this run has made."""
    from tests import template

    with template.for_django():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let the runner's own flush empty the record, which nothing else can."""
    from tests.flush import lift_for_the_runner

    with django_db_blocker.unblock():
        lift_for_the_runner()
