"""What the journeys share: a served demo, a real browser, and those who judge its pages."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.instance import Instance, an_instance, served

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Serve the demo's world, made anew for this process of the run."""
    name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    instance = an_instance(tmp_path_factory.mktemp("instance"), name)
    instance.run("demo", "--prepare")
    with served(instance, ("worker",)):
        yield instance


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """
    Start the system's Chromium.

    It ends with the file: its loop, while it runs, keeps Django from the database.
    """
    place = shutil.which("chromium") or shutil.which("chromium-browser")
    if place is None:
        pytest.skip("there is no Chromium for the journeys")
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=place, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Give a judge of accessibility: the violations of the page that is open, one line each."""
    place = HERE / "node_modules" / "axe-core" / "axe.min.js"
    if not place.exists():
        pytest.skip("axe-core is not installed (npm install in tests/journeys)")
    script = place.read_text()

    def judge(page: Page) -> list[str]:
        if not page.evaluate("typeof axe !== 'undefined'"):
            page.evaluate(script)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
        )
        return [
            f"{page.url} {fault['id']} ({len(fault['nodes'])}): {fault['nodes'][0]['html'][:150]}"
            for fault in found["violations"]
        ]

    return judge


@pytest.fixture(scope="session")
def valid_html(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], list[str]]:
    """Give a judge of HTML: the errors of many pages {name: HTML} at once, one line each."""
    from tests.journeys import validator

    jar = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if shutil.which("java") is None:
        pytest.skip("there is no Java for the HTML validator")
    if not jar.exists():
        pytest.skip("vnu-jar is not installed (npm install in tests/journeys)")

    def judge(pages: dict[str, str]) -> list[str]:
        return validator.errors(jar, pages, tmp_path_factory.mktemp("html"))

    return judge


@pytest.fixture
def page(browser: Browser, server: Instance) -> Iterator[Page]:
    """Open an empty page of a fresh visitor; addresses may begin with `/`."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def pictures() -> Callable[[Page, str], Any]:
    """Give a camera: full-page pictures go to `screenshots/`, which git ignores."""
    folder = HERE.parents[1] / "screenshots"
    folder.mkdir(exist_ok=True)
    return lambda page, name: page.screenshot(path=folder / f"{name}.png", full_page=True)
