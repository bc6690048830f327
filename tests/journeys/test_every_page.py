"""Every kind of page, found by its links: valid, accessible, light, whole at every width."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import intersession
from intersession.site.demo.bar import samples
from tests.journeys.instance import Instance
from tests.journeys.visits import Visitor, name_of, walk

pytestmark = pytest.mark.journey

HOUSE = Path(intersession.__file__).parent
ADDRESSES = [role.email for role in samples()]
PEOPLE = dict(zip(["member", "coordinator", "secretariat"], ADDRESSES, strict=True))
WHO = ["visitor", *PEOPLE]
GROWS_BY_ITS_OWN_WORDS = {"outputs:show", "outputs:version"}
"""Pages of a published text: they may exceed 50 kB, but only by the text."""


@dataclass
class Walks:
    """What each kind of visitor finds by links, walked once, when first asked for."""

    server: Instance

    @cached_property
    def visitors(self) -> dict[str, Visitor]:
        return {who: Visitor(self.server) for who in WHO}

    @cached_property
    def pages(self) -> dict[str, dict[str, str]]:
        return {}

    def of(self, who: str) -> dict[str, str]:
        if who not in self.pages:
            if who in PEOPLE:
                self.visitors[who].become(PEOPLE[who])
            self.pages[who] = walk(self.visitors[who])
        return self.pages[who]


@pytest.fixture(scope="session")
def walks(server: Instance) -> Walks:
    return Walks(server)


@pytest.fixture
def pages(walks: Walks, who: str) -> dict[str, str]:
    return walks.of(who)


@pytest.fixture(params=WHO)
def who(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(
    browser: Browser, walks: Walks, pages: dict[str, str], who: str
) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[BrowserContext] = []

    def open_one(lang: str = "en", **options: object) -> BrowserContext:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        address = walks.server.url
        context.add_cookies(walks.visitors[who].cookies())  # type: ignore[arg-type]
        context.add_cookies([{"name": "django_language", "value": lang, "url": address}])
        opened.append(context)
        return context

    yield open_one
    for one in opened:
        one.close()


def open_all(context: BrowserContext, server: Instance, paths: list[str]) -> Iterator[Page]:
    page = context.new_page()
    for path in paths:
        page.goto(server.url + path)
        yield page


def one_of_each(pages: dict[str, str]) -> list[str]:
    return list({name_of(path): path for path in reversed(pages)}.values())


def test_every_page_is_valid_html(
    pages: dict[str, str], valid_html: Callable[[dict[str, str]], list[str]]
) -> None:
    assert valid_html(pages) == []


def test_every_page_is_light(pages: dict[str, str]) -> None:
    heavy = {
        path: len(text.encode())
        for path, text in pages.items()
        if len(text.encode()) > 50_000 and name_of(path) not in GROWS_BY_ITS_OWN_WORDS
    }

    assert heavy == {}


def test_the_stylesheets_are_light() -> None:
    sizes = {path.name: path.stat().st_size for path in HOUSE.glob("*/static/**/*.css")}

    assert sizes
    assert sum(sizes.values()) < 32_000, sizes


@pytest.mark.parametrize(
    ("lang", "scheme"), [("en", "light"), ("en", "dark"), ("ar", "light")], ids=str
)
def test_every_page_is_accessible(
    pages: dict[str, str], server: Instance, who: str, lang: str, scheme: str,
    context: Callable[..., BrowserContext], axe: Callable[[Page], list[str]],
) -> None:  # fmt: skip
    shown = context(lang, color_scheme=scheme, bypass_csp=True)
    found = [fault for page in open_all(shown, server, one_of_each(pages)) for fault in axe(page)]

    assert found == []


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 640], ids=["320 pixels", "200 percent of 1280"])
def test_no_page_scrolls_sideways(
    pages: dict[str, str], server: Instance, who: str, width: int, lang: str,
    context: Callable[..., BrowserContext],
) -> None:  # fmt: skip
    shown = context(lang, viewport={"width": width, "height": 640})
    wide = {
        page.url: found
        for page in open_all(shown, server, one_of_each(pages))
        if (found := page.evaluate("document.documentElement.scrollWidth")) > width
    }

    assert wide == {}


def test_no_page_breaks_its_own_policy_or_has_an_error_in_its_script(
    pages: dict[str, str], server: Instance, who: str,
    context: Callable[..., BrowserContext],
) -> None:  # fmt: skip
    shown, said = context(), []
    shown.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    shown.on("weberror", lambda problem: said.append(str(problem.error)))

    for page in open_all(shown, server, one_of_each(pages)):
        assert page.locator("h1").count() == 1, page.url

    assert said == []
