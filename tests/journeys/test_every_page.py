"""Every kind of page, found by its links: valid, accessible, light, whole at every width."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import intersession
from intersession.site.demo.bar import samples
from tests.journeys.instance import Instance
from tests.journeys.visits import Visitor, name_of, walk

pytestmark = pytest.mark.journey

HOUSE = Path(intersession.__file__).parent
ADDRESSES = [role.email for role in samples()]
PEOPLE = dict(zip(["member", "coordinator", "secretariat"], ADDRESSES, strict=True))
WHO = ["visitor", *PEOPLE]
GROWS_BY_ITS_OWN_WORDS = {"outputs:show", "outputs:edition"}
"""Pages of a published text: they may exceed 50 kB, but only by the text."""
HALF = 640
"""A window of 1280 pixels whose text is shown at 200 percent is as wide as this."""
MODES = [("en", "light"), ("ar", "dark")]


class Walks:
    """What each kind of visitor finds by links; each walks once, when first asked for."""

    def __init__(self, server: Instance) -> None:
        self.server = server
        self.visitors = {who: Visitor(server) for who in WHO}
        self.pages: dict[str, dict[str, str]] = {}

    def of(self, who: str) -> dict[str, str]:
        """Return {address: HTML} of what this kind of visitor finds."""
        if who not in self.pages:
            if who in PEOPLE:
                self.visitors[who].become(PEOPLE[who])
            self.pages[who] = walk(self.visitors[who])
        return self.pages[who]

    def own(self, who: str) -> list[str]:
        """Return an address of each kind of page that nobody before somebody sees likewise."""
        before = [self.of(other) for other in WHO[: WHO.index(who)]]
        own = {
            name_of(path): path
            for path, text in reversed(self.of(who).items())
            if all(path not in pages or middle(pages[path]) != middle(text) for pages in before)
        }
        return list(own.values())


def middle(text: str) -> str:
    """Return the main part of a page, without the marks against forgery."""
    found = re.search(r"<main.*?</main>", text, re.DOTALL)
    return re.sub(r'value="\w{64}"', "", found[0]) if found else text


@pytest.fixture(scope="package")
def walks(server: Instance) -> Walks:
    return Walks(server)


@pytest.fixture(params=WHO)
def who(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=MODES, ids="-".join)
def page(
    request: pytest.FixtureRequest, browser: Browser, walks: Walks, who: str
) -> Iterator[Page]:
    """Open a window of this kind of visitor, in a language and a light."""
    walks.of(who)
    language = {"name": "django_language", "value": request.param[0], "url": walks.server.url}
    context = browser.new_context(color_scheme=request.param[1], bypass_csp=True)
    context.add_cookies([*walks.visitors[who].cookies(), language])  # type: ignore[list-item]
    yield context.new_page()
    context.close()


def test_every_page_is_valid_html(
    walks: Walks, valid_html: Callable[[dict[str, str]], list[str]]
) -> None:
    faults = valid_html(
        {f"{who}: {path}": text for who in WHO for path, text in walks.of(who).items()}
    )

    assert not faults, "\n".join(faults)


def test_every_page_is_light(walks: Walks, who: str) -> None:
    heavy = {
        path: len(text.encode())
        for path, text in walks.of(who).items()
        if len(text.encode()) > 50_000 and name_of(path) not in GROWS_BY_ITS_OWN_WORDS
    }

    assert heavy == {}


def test_the_stylesheets_are_light() -> None:
    sizes = {path.name: path.stat().st_size for path in HOUSE.glob("*/static/**/*.css")}

    assert sizes
    assert sum(sizes.values()) < 32_000, sizes


def test_every_page_is_accessible_at_every_width(
    walks: Walks, who: str, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    faults = []
    for path in walks.own(who):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(walks.server.url + path)
        faults += axe(page)
        for width in (HALF, 320):
            page.set_viewport_size({"width": width, "height": 640})
            if (found := page.evaluate("document.documentElement.scrollWidth")) > width:
                faults.append(f"{page.url} is {found} pixels wide where {width} are there")

    assert not faults, "\n".join(faults)


def test_no_page_breaks_its_own_policy_or_has_an_error(
    walks: Walks, who: str, browser: Browser
) -> None:
    said: list[str] = []
    context = browser.new_context()
    walks.of(who)
    context.add_cookies(walks.visitors[who].cookies())  # type: ignore[arg-type]
    context.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    context.on("weberror", lambda problem: said.append(str(problem.error)))
    page = context.new_page()

    for path in walks.own(who):
        page.goto(walks.server.url + path)
        if page.locator("h1").count() != 1:
            said.append(f"{path} has not one heading of the first rank")
    context.close()

    assert not said, "\n".join(said)
